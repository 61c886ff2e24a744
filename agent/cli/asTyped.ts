/**
 * Sentences name the program as people know it ("keyturn-agent repair"). Its folder is not on the PATH, so
 * this turns the name into a command that works as it stands, also in PowerShell when the path holds a
 * space. `config` is named only when it is not the usual one.
 */
export function asTyped(sentence: string, program: string, config?: string): string {
  const called = /\s/.test(program) ? `& "${program}"` : program;
  const where = config ? ` --config "${config}"` : '';
  return sentence.replaceAll(/"keyturn-agent (\w+)"/g, (_, command) => `${called}${where} ${command}`);
}
