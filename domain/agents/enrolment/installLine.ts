import type { ServerRole } from '../agent';

/** The path of the program's download. */
export const AGENT_DOWNLOAD_PATH = '/agents/download/keyturn-agent.exe';

/**
 * On a domain controller the agent makes what it needs to read it: an account, and a certificate where none
 * exists.
 */
const OPTIONS: Record<ServerRole, string> = {
  domainController: ' --make-certificate --make-account',
  otherServer: '',
};

export interface InstallLine {
  serverRole: ServerRole;
  /** The bot's public origin. */
  publicUrl: string;
  token: string;
  /** The program's SHA-256 in hex: the line runs only exactly this program. */
  sha256: string;
}

/**
 * One line for a Windows PowerShell 5.1 that runs as administrator. It leaves the exit code in
 * `$LASTEXITCODE` and the window open. The token goes through the environment, because everybody on the
 * machine can see a command line. 3072 is TLS 1.2, which old servers do not offer by themselves. The program
 * is downloaded into a folder that only administrators could ever write to; see MAKE_FOLDER.
 */
export function installLine({ serverRole, publicUrl, token, sha256 }: InstallLine): string {
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
      `if ([BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash([IO.File]::ReadAllBytes($f))).Replace('-', '') -ne ${quoted(sha256)}) { throw 'The download is not the agent that was offered. Nothing was installed. Make a new command in Teams.' }`,
      failsWith(1),
      `$env:KEYTURN_INSTALL_TOKEN = ${quoted(token)}`,
      `& $f install --server ${quoted(server)}${OPTIONS[serverRole]} --quiet`,
    ].join('; ')} }`,
  ]
    .join('; ')
    .concat(
      " catch { Write-Host ('The agent was not installed: ' + $_.Exception.Message) }",
      ' finally { $env:KEYTURN_INSTALL_TOKEN = $null; Remove-Item -LiteralPath $d -Recurse -Force -ErrorAction SilentlyContinue }',
      "; Write-Host ('keyturn-agent install: exit code ' + $LASTEXITCODE)",
    );
}

/** SYSTEM is an administrator, too. */
const REQUIRE_ADMINISTRATOR =
  "if (-not (New-Object Security.Principal.WindowsPrincipal([Security.Principal.WindowsIdentity]::GetCurrent())).IsInRole(544)) { throw 'Start PowerShell as administrator, and run the command again.' }";

/**
 * Creates the folder with its access list: full control for SYSTEM and administrators, nothing inherited,
 * owned by administrators. A person's own temporary folder is not safe: any process of that person without
 * elevation could put a DLL beside the program, or replace the program after its hash was checked. Only
 * administrators can create a folder in Program Files, so nobody else has made it before. The line still
 * checks that the folder is no link (1024), and checks its owner and its access list.
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

/** The exit code of the line when the next step fails: the same codes as the program's own. */
const failsWith = (code: number): string => `$global:LASTEXITCODE = ${code}`;

/**
 * The same for a tool that runs commands as SYSTEM: without quotes that its shell could take apart, and with
 * the exit code passed on. It shows no progress, which an unattended PowerShell writes to standard error as
 * XML.
 */
export function rmmLine(line: InstallLine): string {
  const script = `$ProgressPreference = 'SilentlyContinue'; ${installLine(line)}; exit $LASTEXITCODE`;
  const encoded = Buffer.from(script, 'utf16le').toString('base64');
  return `powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand ${encoded}`;
}

/**
 * A PowerShell string in which nothing is expanded. PowerShell takes typographic quotation marks for plain
 * ones.
 */
const quoted = (text: string): string => `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
