import type { ServerRole } from './agent';

/** Where the program is handed out. */
export const AGENT_DOWNLOAD_PATH = '/agents/download/keyturn-agent.exe';

/** Of a domain controller the agent makes itself what it needs to read it: an account, and a certificate where there is none. */
const OPTIONS: Record<ServerRole, string> = {
  domainController: ' --make-certificate --make-account',
  otherServer: '',
};

export interface InstallLine {
  place: ServerRole;
  /** The bot's public origin. */
  publicUrl: string;
  token: string;
  /** Of the program, in hex: what was downloaded is run only if it is just that. */
  sha256: string;
}

/**
 * One line for a Windows PowerShell 5.1 that was started as administrator; it leaves the exit code in
 * `$LASTEXITCODE` and the window open. The token goes by the environment, because a command line is seen by
 * everybody on the machine. 3072 is TLS 1.2, which old servers do not offer by themselves. What is started
 * was downloaded into a folder that nobody but administrators could ever write to: see MAKE_FOLDER.
 */
export function installLine({ place, publicUrl, token, sha256 }: InstallLine): string {
  const server = new URL(publicUrl).origin;
  return [
    '[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor 3072',
    "$d = [Environment]::GetFolderPath('ProgramFiles') + '\\keyturn-' + [Guid]::NewGuid()",
    "$f = $d + '\\keyturn-agent.exe'",
    `try { ${[
      failsWith(20),
      REQUIRE_ADMINISTRATOR,
      failsWith(21),
      ...MAKE_FOLDER,
      failsWith(10),
      `(New-Object Net.WebClient).DownloadFile(${quoted(`${server}${AGENT_DOWNLOAD_PATH}`)}, $f)`,
      failsWith(30),
      `if ([BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash([IO.File]::ReadAllBytes($f))).Replace('-', '') -ne ${quoted(sha256)}) { throw 'What was downloaded is not the agent that was offered. Nothing was installed; ask for a new line.' }`,
      failsWith(1),
      `$env:KEYTURN_INSTALL_TOKEN = ${quoted(token)}`,
      `& $f install --server ${quoted(server)}${OPTIONS[place]} --quiet`,
    ].join('; ')} }`,
  ]
    .join('; ')
    .concat(
      " catch { Write-Host ('The agent was not installed: ' + $_.Exception.Message) }",
      ' finally { $env:KEYTURN_INSTALL_TOKEN = $null; Remove-Item -LiteralPath $d -Recurse -Force -ErrorAction SilentlyContinue }',
      "; Write-Host ('keyturn-agent install: exit code ' + $LASTEXITCODE)",
    );
}

/** SYSTEM is one, too. */
const REQUIRE_ADMINISTRATOR =
  "if (-not (New-Object Security.Principal.WindowsPrincipal([Security.Principal.WindowsIdentity]::GetCurrent())).IsInRole(544)) { throw 'Start PowerShell as administrator, and run the line again.' }";

/**
 * The folder comes into being with its access list: full control for SYSTEM and administrators, inherited
 * from nowhere, owned by administrators. A person's own folder for temporary files would do for neither:
 * whatever runs as that person without elevation could put a DLL beside the program, or another program in
 * its place after the hash was found right. In Program Files only administrators make anything, so nobody has
 * made it before; that it is no link (1024), whose it is and who gets in is looked at all the same.
 */
const MAKE_FOLDER = [
  '$a = New-Object Security.AccessControl.DirectorySecurity',
  "$a.SetSecurityDescriptorSddlForm('O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)')",
  "if ($PSEdition -eq 'Core') { $null = [IO.FileSystemAclExtensions]::CreateDirectory($a, $d) } else { $null = [IO.Directory]::CreateDirectory($d, $a) }",
  '$t = [Security.Principal.SecurityIdentifier]',
  '$r = Get-Acl -LiteralPath $d',
  "$o = @($r.GetAccessRules($true, $true, $t) | Where-Object { 'S-1-5-18', 'S-1-5-32-544' -notcontains $_.IdentityReference.Value })",
  "if (((Get-Item -LiteralPath $d -Force).Attributes -band 1024) -or $o.Count -or -not $r.AreAccessRulesProtected -or $r.GetOwner($t).Value -ne 'S-1-5-32-544') { throw 'The folder for the download is not for administrators alone. Nothing was downloaded.' }",
];

/** What the line ends with when the next step fails: the same codes as the program's own. */
const failsWith = (code: number): string => `$global:LASTEXITCODE = ${code}`;

/**
 * The same for a tool that runs commands as SYSTEM: no quotes that its shell could take apart, and the exit code is passed on. Without
 * progress, which a PowerShell that is not looked at writes to standard error as XML.
 */
export function rmmLine(line: InstallLine): string {
  const script = `$ProgressPreference = 'SilentlyContinue'; ${installLine(line)}; exit $LASTEXITCODE`;
  const encoded = Buffer.from(script, 'utf16le').toString('base64');
  return `powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand ${encoded}`;
}

/** A text of PowerShell in which nothing is replaced. It takes typographic quotation marks for plain ones. */
const quoted = (text: string): string => `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
