/** Where the program is handed out. */
export const AGENT_DOWNLOAD_PATH = '/agents/download/keyturn-agent.exe';

export interface InstallLine {
  /** The bot's public origin. */
  publicUrl: string;
  token: string;
  /** Of the program, in hex: what was downloaded is run only if it is just that. */
  sha256: string;
}

/**
 * One line for a Windows PowerShell 5.1 that was started as administrator; it leaves the exit code in `$LASTEXITCODE` and the window open. The
 * token goes by the environment, because a command line is seen by everybody on the machine. 3072 is TLS 1.2, which old servers do not offer by
 * themselves. A folder of its own name keeps others from having put something in the file's place.
 */
export function installLine({ publicUrl, token, sha256 }: InstallLine): string {
  const server = new URL(publicUrl).origin;
  return [
    '[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor 3072',
    "$d = Join-Path ([IO.Path]::GetTempPath()) ('keyturn-' + [Guid]::NewGuid())",
    "$f = Join-Path $d 'keyturn-agent.exe'",
    '$global:LASTEXITCODE = 1',
    `try { ${[
      '$null = New-Item -ItemType Directory -Path $d -ErrorAction Stop',
      `(New-Object Net.WebClient).DownloadFile(${quoted(`${server}${AGENT_DOWNLOAD_PATH}`)}, $f)`,
      `if ((Get-FileHash -LiteralPath $f -Algorithm SHA256).Hash -ne ${quoted(sha256)}) { throw 'What was downloaded is not the agent that was offered. Nothing was installed; ask for a new line.' }`,
      `$env:KEYTURN_INSTALL_TOKEN = ${quoted(token)}`,
      `& $f install --server ${quoted(server)} --quiet`,
    ].join('; ')} }`,
  ]
    .join('; ')
    .concat(
      " catch { Write-Host ('The agent was not installed: ' + $_.Exception.Message) }",
      ' finally { $env:KEYTURN_INSTALL_TOKEN = $null; Remove-Item -LiteralPath $d -Recurse -Force -ErrorAction SilentlyContinue }',
      "; Write-Host ('keyturn-agent install: exit code ' + $LASTEXITCODE)",
    );
}

/** The same for a tool that runs commands as SYSTEM: no quotes that its shell could take apart, and the exit code is passed on. */
export function rmmLine(line: InstallLine): string {
  const script = `${installLine(line)}; exit $LASTEXITCODE`;
  const encoded = Buffer.from(script, 'utf16le').toString('base64');
  return `powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand ${encoded}`;
}

/** A text of PowerShell in which nothing is replaced. It takes typographic quotation marks for plain ones. */
const quoted = (text: string): string => `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
