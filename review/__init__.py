"""What people read: reports, pages, pictures and exports of event rows."""
