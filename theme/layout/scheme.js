// The colours that a reader has chosen, before the page is drawn. This is no
// module: a module runs too late.
(() => {
  try {
    const chosen = localStorage.getItem('scheme');
    if (chosen === 'light' || chosen === 'dark')
      document.documentElement.dataset.scheme = chosen;
  } catch {
    // A reader who forbids storage has the colours of the system.
  }
})();
