/**
 * Sentences name the program as people know it ("keyturn-agent repair"). Its folder is on nobody's path: here it becomes a command that works as it
 * stands, in PowerShell where the path holds a space. `config`: named where it is not the usual one.
 */
export function asTyped(sentence: string, program: string, config?: string): string {
  const called = /\s/.test(program) ? `& "${program}"` : program;
  const where = config ? ` --config "${config}"` : '';
  return sentence.replaceAll(/"keyturn-agent (\w+)"/g, (_, command) => `${called}${where} ${command}`);
}
