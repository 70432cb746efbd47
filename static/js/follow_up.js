// Earlier recommendations: a note somebody else wrote follows into the field unless it is being changed here, and
// "Chấm điểm trước" folds the panel before the cards.   in: live:applied {ids}
(function () {
  'use strict';

  function takeNote(part) {
    const form = part.closest('form');
    const field = form && form.querySelector('textarea[name="note"]');
    if (!field || field === document.activeElement) return;
    const isMine = field.value !== field.defaultValue && field.value.trim() !== part.dataset.note;
    if (isMine) return;
    field.defaultValue = part.dataset.note;
    field.value = part.dataset.note;
  }

  document.addEventListener('live:applied', (event) => {
    event.detail.ids.filter((id) => /^recommendation-\d+$/.test(id)).forEach((id) => takeNote(document.getElementById(id)));
  });

  document.addEventListener('click', (event) => {
    const link = event.target.closest('.scoring [data-fold]'); // elsewhere it leads to the scoring screen
    if (!link) return;
    event.preventDefault();
    const fold = link.closest('details');
    fold.open = false;
    fold.querySelector('summary').focus();
  });
}());
