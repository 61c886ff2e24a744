import { PlatformFault } from '../../../../agent/ports';
import { createProtectFolder } from '../../../../agent/windows/protectFolder';
import {
  type PlayedAnswer,
  type PlayedPowershell,
  playPowershell,
} from '../../../helpers/agent/powershell/playedPowershell';

const PROTECT = 'SetAccessRuleProtection($true, $false)';

let played: PlayedPowershell;
afterEach(() => played?.remove());

function open(...answers: PlayedAnswer[]) {
  played = playPowershell(...answers);
  return { protect: createProtectFolder(played.powershell) };
}
const lastCall = () => played.calls().at(-1);
const faultOf = (running: Promise<unknown>) =>
  running.then(
    () => undefined,
    (error) => (error instanceof PlatformFault ? { kind: error.kind, sentence: error.sentence } : error),
  );

describe('an access list', () => {
  it('gives SYSTEM, administrators and the agent’s account the folder and everything in it', async () => {
    const { protect } = open({ when: PROTECT, value: null });
    await protect('C:\\ProgramData\\Keyturn Agent', 'CONTOSO\\keyturn$');
    expect(lastCall()).toMatchObject({
      input: {
        path: 'C:\\ProgramData\\Keyturn Agent',
        task: 'Keyturn Agent',
        account: 'CONTOSO\\keyturn$',
      },
    });
    for (const who of [
      "'S-1-5-18'",
      "'S-1-5-32-544'",
      "'ContainerInherit, ObjectInherit'",
      '$task.Principal.UserId',
      '$in.account',
    ])
      expect(lastCall()?.script).toContain(who);
  });

  it('is made together with the folder, and follows no link to it, above it or in it', async () => {
    const { protect } = open({ when: PROTECT, value: null });
    await protect('C:\\ProgramData\\Keyturn Agent');
    const script = lastCall()?.script ?? '';
    const steps = [
      'for ($above = $folder.Parent; $above; $above = $above.Parent) { if ($above.Exists) { & $noLink $above } }',
      '[IO.Directory]::CreateDirectory($in.path, $acl)',
      '& $noLink $folder',
      '& $noOther $folder',
      'foreach ($item in $within) { & $noLink $item }',
      '$folder.SetAccessControl($acl)',
    ].map((step) => script.indexOf(step));
    expect(steps).not.toContain(-1);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it('trusts nothing that the person who runs it made, because programs without elevation use the same name', async () => {
    const { protect } = open({ when: PROTECT, value: null });
    await protect('C:\\x');
    expect(lastCall()?.script).not.toContain('WindowsIdentity');
    expect(lastCall()?.script).toContain('if ($grants -notcontains $owner) { throw');
  });

  it.each(['madeByOthers', 'isLink'])('is not given to a foreign folder (%s)', async (recording) => {
    const { protect } = open({ when: PROTECT, recording });
    await expect(faultOf(protect('C:\\x'))).resolves.toEqual({
      kind: 'files',
      sentence: expect.stringMatching(
        /^C:\\x, or something in it, was made by somebody else than an elevated administrator, or leads somewhere else/,
      ),
    });
  });

  it('that could not be set is a fault', async () => {
    const { protect } = open({ when: PROTECT, recording: 'cimAccessDenied' });
    await expect(faultOf(protect('C:\\x'))).resolves.toEqual({
      kind: 'files',
      sentence: expect.stringMatching(/^The access list of C:\\x could not be set/),
    });
  });
});
