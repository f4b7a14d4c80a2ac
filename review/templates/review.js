(() => {
"use strict";
{% include "page/dom.js" %}
{% include "page/records.js" %}
{% include "page/decisions.js" %}
{% include "page/reviewer.js" %}
{% include "page/filter.js" %}
{% include "page/article.js" %}
{% include "page/cards.js" %}
{% include "page/groups.js" %}
{% include "page/causes.js" %}
{% include "page/totals.js" %}
{% include "page/around.js" %}
{% include "page/table.js" %}
{% include "page/edits.js" %}
{% include "page/dialogs.js" %}
{% include "page/samples.js" %}
{% include "page/session.js" %}
{% include "page/view.js" %}
{% include "page/start.js" %}
{% include "page/keys.js" %}
})();
