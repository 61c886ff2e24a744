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
  it('lets SYSTEM, administrators and the account of the agent at the folder and all in it', async () => {
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

  it('comes into being with the folder, and no link is followed to it, through it or in it', async () => {
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

  it('trusts nothing that the person made who runs it: without elevation programs make things under the same name', async () => {
    const { protect } = open({ when: PROTECT, value: null });
    await protect('C:\\x');
    expect(lastCall()?.script).not.toContain('WindowsIdentity');
    expect(lastCall()?.script).toContain('if ($grants -notcontains $owner) { throw');
  });

  it.each(['madeByOthers', 'isLink'])('is not given to what is not ours (%s)', async (recording) => {
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
