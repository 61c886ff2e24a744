/** The script of the install line's page: each button copies the line beside it. */
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
