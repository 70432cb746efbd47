// Parts brought by the stream get their buttons working; the tab of this page is in sight.   in: live:applied {ids}
(function () {
  'use strict';

  document.addEventListener('live:applied', (event) => {
    event.detail.ids.forEach((id) => {
      const part = document.getElementById(id);
      if (part && part.querySelector('[hx-post]')) htmx.process(part);
    });
  });

  const tab = document.querySelector('.session-tabs [aria-current]');
  if (tab) tab.scrollIntoView({ block: 'nearest', inline: 'center' });
}());
