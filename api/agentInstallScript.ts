/** What the page of the install line runs: its buttons copy the line beside them. */
export const INSTALL_SCRIPT = `for (const button of document.querySelectorAll('button[data-copies]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const line = document.getElementById(button.dataset.copies);
    const said = document.getElementById('said');
    try {
      await navigator.clipboard.writeText(line.textContent);
      said.textContent = 'Copied.';
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(line);
      said.textContent = 'The line is selected: copy it with Ctrl+C.';
      button.textContent = 'Selected: Ctrl+C';
    }
  });
}
`;
