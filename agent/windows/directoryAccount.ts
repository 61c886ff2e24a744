import { z } from 'zod';
import { PlatformFault } from '../ports';
import type { Powershell } from '../powershell/powershell';
import { PowershellFault } from '../powershell/powershellFault';

/**
 * Finds the account in the container Users, wherever that was moved to, or makes it there. Gives it the
 * password and enables it (66048: NORMAL_ACCOUNT and DONT_EXPIRE_PASSWORD). It is in Domain Users, like
 * every account. An account without our description, or with other rights, belongs to somebody else. The
 * number of the innermost exception says why a step failed, because its text is in the language of Windows.
 */
const MAKE = `
$step = 'directory'
try {
  $server = 'LDAP://' + $in.controller + '/'
  $root = [ADSI]($server + 'RootDSE')
  $domain = [string]$root.Properties['defaultNamingContext'].Value
  $search = New-Object DirectoryServices.DirectorySearcher([ADSI]($server + $domain), ('(sAMAccountName=' + $in.name + ')'))
  $found = $search.FindOne()
  $made = -not $found
  if ($made) {
    $step = 'make'
    $users = [ADSI]($server + '<WKGUID=a9d1ca15768811d1aded00c04fd8d5cd,' + $domain + '>')
    $users = [ADSI]($server + [string]$users.Properties['distinguishedName'].Value)
    $account = $users.Children.Add(('CN=' + $in.name), 'user')
    $account.Properties['sAMAccountName'].Value = $in.name
    $account.Properties['userPrincipalName'].Value = $in.principal
    $account.Properties['description'].Value = $in.description
    $account.CommitChanges()
  } else {
    $account = $found.GetDirectoryEntry()
    $ours = [string]$account.Properties['description'].Value -eq $in.description
    $ordinary = $account.Properties['memberOf'].Count -eq 0 -and [int]$account.Properties['adminCount'].Value -eq 0
    if (-not $ours -or -not $ordinary) { throw 'keyturn: taken' }
  }
  $step = 'password'
  $null = $account.Invoke('SetPassword', @($in.password))
  $step = 'enable'
  $account.Properties['userAccountControl'].Value = 66048
  $account.CommitChanges()
  $made
} catch {
  $e = $_.Exception
  if ($e.Message -eq 'keyturn: taken') { throw }
  while ($e.InnerException) { $e = $e.InnerException }
  throw ('keyturn: ' + $step + ' 0x' + $e.HResult.ToString('X8') + ' ' + $e.Message)
}`;

const LONGEST_NAME = 15;

/**
 * Each controller's agent has its own account, so two controllers of one domain do not share one. It is the
 * name to sign in with: `kt-dc1@contoso.test`.
 */
export function directoryAccountOf(controller: string): string {
  const [computer = '', ...domain] = controller.split('.');
  return `kt-${computer.slice(0, LONGEST_NAME)}@${domain.join('.')}`;
}

/**
 * Makes the agent's account, or gives the existing one a new password. `controller`: the full name of this
 * server. Throws PlatformFault.
 */
export async function setDirectoryAccount(
  controller: string,
  password: string,
  powershell: Powershell,
): Promise<{ made: boolean }> {
  const principal = directoryAccountOf(controller);
  const name = principal.split('@')[0] ?? '';
  const description = `Keyturn: the agent on ${controller} reads users with this account.`;
  const input = { controller, name, principal, description, password };
  const call = { script: MAKE, input, answer: z.boolean(), timeoutMs: 120_000 };
  return { made: await powershell.run(call).catch(accountFault(name)) };
}

/** ERROR_PASSWORD_RESTRICTION, NERR_PasswordTooShort, and the code for a value that a rule forbids. */
const POLICY = /0x8007052D|0x800708C5|0x8007202F/;
/** ERROR_DS_INSUFF_ACCESS_RIGHTS; the fault itself tells E_ACCESSDENIED. */
const NO_RIGHTS = /0x80072098/;

const accountFault = (name: string) => (cause: unknown) => {
  if (!(cause instanceof PowershellFault)) throw cause;
  const { detail, reason } = cause;
  if (reason === 'noRights' || NO_RIGHTS.test(detail)) {
    throw new PlatformFault(
      'notAdministrator',
      `The account ${name} could not be made: that needs an administrator of the domain, or SYSTEM on the domain controller.`,
      { cause },
    );
  }
  throw new PlatformFault('files', sentenceOf(name, detail), { cause });
};

function sentenceOf(name: string, detail: string): string {
  const instead = 'give another one with --account NAME and KEYTURN_DIRECTORY_PASSWORD';
  if (detail === 'keyturn: taken')
    return `There is an account ${name} that this agent did not make, or that has rights of its own; it was not touched. Rename or remove it, or ${instead}.`;
  if (POLICY.test(detail))
    return `The domain takes no password that the agent makes (40 characters of all kinds): look for a password filter or policy of its own, or ${instead}.`;
  return `The account ${name} could not be made: ${instead}.${detail ? ` Windows said: ${detail.replace(/^keyturn: /, '')}` : ''}`;
}
