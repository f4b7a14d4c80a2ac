"""Addresses of hosts, looked up without waiting longer than there is time: the system sets no bound itself."""

import socket
import threading

from flows.addresses import Found, Networks, choose_addresses
from models.errors import FetchError

# More look-ups than this hang at once only where no name can be had at all.
MOST_HANGING = 64
# Half of a surrogate pair and the like: names that no look-up can be asked for.
FAULTS = (OSError, UnicodeError, ValueError)


class Lookup:
    """One question to the system, asked on a thread of its own that nobody has to wait for."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.found: list[Found] = []
        self.fault: Exception | None = None
        self.thread = threading.Thread(target=self.ask, name=f"look up {host}", daemon=True)

    def ask(self, flags: int = 0) -> None:
        """Finds the addresses, or the fault."""
        try:
            answers = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM, flags=flags)
        except FAULTS as error:
            self.fault = error
        else:
            self.found = [(int(one[0]), (str(one[4][0]), self.port)) for one in answers]


class Lookups:
    """Look-ups of one fetcher; `inside` are the private networks that it may connect to."""

    def __init__(self, inside: Networks = ()) -> None:
        self.inside = inside
        self.lock = threading.Lock()
        self.hanging: dict[tuple[str, int], Lookup] = {}

    def resolve(self, host: str, port: int, seconds: float) -> list[Found]:
        """The addresses of a host that may be connected to. Raises FetchError `dns` or `private_address`."""
        number = Lookup(host, port)
        number.ask(socket.AI_NUMERICHOST)
        lookup = number if number.found else self.wait(host, port, seconds)
        if lookup.thread.is_alive():
            raise FetchError("dns", f"{host}: no answer to the look-up of its address in time")
        if not lookup.found:
            raise FetchError("dns", f"{host}: no such host ({lookup.fault})") from lookup.fault
        return choose_addresses(host, lookup.found, self.inside)

    def wait(self, host: str, port: int, seconds: float) -> Lookup:
        """The look-up after so many seconds at most; whoever asks for the same host waits for the same one."""
        with self.lock:
            self.hanging = {key: one for key, one in self.hanging.items() if one.thread.is_alive()}
            lookup = self.hanging.get((host, port))
            if lookup is None:
                if len(self.hanging) >= MOST_HANGING:
                    raise FetchError("dns", f"{host}: not looked up, since no look-up is answered")
                lookup = self.hanging[host, port] = Lookup(host, port)
                lookup.thread.start()
        lookup.thread.join(max(0.0, seconds))
        return lookup
