import { installLine, rmmLine } from '../../../domain/agents/enrolment/installLine';

const line = {
  serverRole: 'otherServer' as const,
  publicUrl: 'https://keyturn.example.com',
  token: 'tok_0123456789abcdefghij',
  sha256: 'ab'.repeat(32),
};

describe('the install command', () => {
  it('is one line, of what Windows PowerShell 5.1 knows', () => {
    const written = installLine(line);
    expect(written).not.toMatch(/[\r\n"]|&&|\|\||\?\?/);
    expect(written).toMatch(/^\[Net\.ServicePointManager\]::SecurityProtocol = .* -bor 3072; /);
  });

  it('runs the download only after it checked the hash, and removes it; each failing step has its exit code', () => {
    const steps = [
      'try { $global:LASTEXITCODE = 20; if (-not (',
      'IsInRole(544)) { throw ',
      '$global:LASTEXITCODE = 21; $a = New-Object Security.AccessControl.DirectorySecurity; ',
      '[IO.Directory]::CreateDirectory($d, $a)',
      "$r.GetOwner($t).Value -ne 'S-1-5-32-544') { throw ",
      '$global:LASTEXITCODE = 10; ',
      "DownloadFile('https://keyturn.example.com/agents/download/keyturn-agent.exe', $f)",
      '$global:LASTEXITCODE = 30; ',
      `ComputeHash([IO.File]::ReadAllBytes($f))).Replace('-', '') -ne '${line.sha256}') { throw `,
      '$global:LASTEXITCODE = 1; ',
      "$env:KEYTURN_INSTALL_TOKEN = 'tok_0123456789abcdefghij'",
      "& $f install --server 'https://keyturn.example.com' --quiet",
      'finally { $env:KEYTURN_INSTALL_TOKEN = $null; Remove-Item -LiteralPath $d -Recurse',
    ];
    const positions = steps.map((step) => installLine(line).indexOf(step));
    expect(positions).not.toContain(-1);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });

  it('downloads into a folder that is created for administrators alone, where nobody else can create any', () => {
    const written = installLine(line);
    expect(written).toContain(
      "$d = [Environment]::GetFolderPath('ProgramFiles') + '\\keyturn-' + [Guid]::NewGuid(); ",
    );
    // Owner and group are administrators (BA); nothing is inherited (P); only SYSTEM (SY) and administrators
    // have full access (FA).
    expect(written).toContain("SddlForm('O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'); ");
    expect(written).not.toMatch(/GetTempPath|\$env:(?!KEYTURN_INSTALL_TOKEN)|New-Item|mkdir/);
  });

  it('downloads nothing when that folder is a link, inherits, is owned by others, or lets others in', () => {
    const written = installLine(line);
    const [, checked = ''] = /\$t = (.*) \{ throw 'The folder for the download/.exec(written) ?? [];
    for (const part of [
      '(Get-Item -LiteralPath $d -Force).Attributes -band 1024',
      '-not $r.AreAccessRulesProtected',
      "$r.GetOwner($t).Value -ne 'S-1-5-32-544'",
      "$r.GetAccessRules($true, $true, $t) | Where-Object { 'S-1-5-18', 'S-1-5-32-544' -notcontains",
      '-or $o.Count',
    ])
      expect(checked).toContain(part);
    expect(written.indexOf('The folder for the download')).toBeLessThan(written.indexOf('DownloadFile('));
  });

  it('has matching brackets and quotation marks', () => {
    const open: string[] = [];
    const pairs: Record<string, string> = { ')': '(', '}': '{', ']': '[' };
    const bare = installLine(line).replaceAll(/'[^']*'/g, '');
    expect(bare).not.toContain("'");
    for (const sign of bare) {
      if ('({['.includes(sign)) open.push(sign);
      const wanted = pairs[sign];
      if (wanted) expect(open.pop()).toBe(wanted);
    }
    expect(open).toEqual([]);
  });

  it('gives the program no token as an argument', () => {
    const [, started] = /& \$f ([^}]*)\}/.exec(installLine(line)) ?? [];
    expect(started).toBe("install --server 'https://keyturn.example.com' --quiet ");
  });

  it('lets the agent make what it needs on a domain controller, and nothing elsewhere', () => {
    const [, started] =
      /& \$f ([^}]*)\}/.exec(installLine({ ...line, serverRole: 'domainController' })) ?? [];
    expect(started).toBe(
      "install --server 'https://keyturn.example.com' --make-certificate --make-account --quiet ",
    );
  });

  it('leaves the window open', () => {
    expect(installLine(line)).not.toMatch(/\bexit \$/);
  });

  it.each([
    ["it's", "'it''s'"],
    ['$(Remove-Item C:)`n', "'$(Remove-Item C:)`n'"],
    ['curly’quote', "'curly’’quote'"],
  ])('passes a token of %s unchanged', (token, quoted) => {
    expect(installLine({ ...line, token })).toContain(`KEYTURN_INSTALL_TOKEN = ${quoted}; `);
  });

  it('takes only the origin of the address', () => {
    expect(installLine({ ...line, publicUrl: "https://keyturn.example.com:8443/x';calc" })).toContain(
      "--server 'https://keyturn.example.com:8443' --quiet",
    );
  });
});

describe('the line for an RMM tool', () => {
  it('is the same, encoded for any shell, and passes the exit code on', () => {
    const written = rmmLine({ ...line, serverRole: 'domainController' });
    const [, encoded = ''] = /^powershell\.exe [\w -]+ -EncodedCommand ([A-Za-z\d+/=]+)$/.exec(written) ?? [];
    expect(Buffer.from(encoded, 'base64').toString('utf16le')).toBe(
      `$ProgressPreference = 'SilentlyContinue'; ${installLine({ ...line, serverRole: 'domainController' })}; exit $LASTEXITCODE`,
    );
    expect(written.length).toBeLessThan(8191);
  });
});
