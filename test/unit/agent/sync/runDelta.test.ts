import { createConnect } from '../../../../agent/sync/connect';
import { runDelta } from '../../../../agent/sync/runDelta';
import {
  type PlayedAnswer,
  type PlayedPowershell,
  playPowershell,
} from '../../../helpers/agent/powershell/playedPowershell';

const LOOK = 'AADConnectProvisioningAgent';
const START = 'Start-ADSyncSyncCycle';
const WAIT = 'Start-Sleep -Seconds $in.first';

let played: PlayedPowershell | undefined;
afterEach(() => played?.remove());

async function run(...answers: PlayedAnswer[]) {
  played = playPowershell(...answers);
  const { outcome, finding, readiness } = await runDelta(
    createConnect(played.powershell),
    () => 0,
    new AbortController().signal,
  );
  const asked = played.calls().map(({ script }) => [LOOK, START, WAIT].find((each) => script.includes(each)));
  return { outcome, finding, state: readiness.state, asked };
}

describe('a delta sync by PowerShell', () => {
  it('looks, starts a cycle and waits for its end', async () => {
    const { outcome, asked } = await run(
      { when: LOOK, recording: 'adSyncReady' },
      { when: START, recording: 'started' },
      { when: WAIT, value: true },
    );
    expect({ outcome, asked }).toEqual({ outcome: 'ran', asked: [LOOK, START, WAIT] });
    expect(played?.calls().at(-1)?.input).toEqual({ first: 5, seconds: 1800 });
  });

  it('waits for the cycle that is in progress before it starts its own', async () => {
    const { outcome, asked } = await run(
      { when: LOOK, recording: 'adSyncNextCycleRunning' },
      { when: START, recording: 'started' },
      { when: WAIT, value: true },
    );
    expect({ outcome, asked }).toEqual({ outcome: 'ran', asked: [LOOK, WAIT, START, WAIT] });
  });

  it('waits again when a connector turns out to be busy', async () => {
    const { outcome, asked } = await run(
      { when: LOOK, recording: 'adSyncReady' },
      { when: START, recording: 'connectorBusy' },
      { when: START, recording: 'started' },
      { when: WAIT, value: true },
    );
    expect({ outcome, asked }).toEqual({ outcome: 'ran', asked: [LOOK, START, WAIT, START, WAIT] });
  });

  it('gives up when a connector stays busy, or when a cycle does not end', async () => {
    await expect(
      run(
        { when: LOOK, recording: 'adSyncReady' },
        { when: START, recording: 'connectorBusy' },
        { when: WAIT, value: true },
      ),
    ).resolves.toMatchObject({
      outcome: 'busy',
      finding: expect.stringMatching(/all three times/),
      asked: [LOOK, START, WAIT, START, WAIT, START],
    });
    played?.remove();
    await expect(
      run({ when: LOOK, recording: 'adSyncNextCycleRunning' }, { when: WAIT, value: false }),
    ).resolves.toMatchObject({
      outcome: 'busy',
      finding: expect.stringMatching(/for 10 minutes/),
      asked: [LOOK, WAIT],
    });
    played?.remove();
    await expect(
      run(
        { when: LOOK, recording: 'adSyncReady' },
        { when: START, recording: 'started' },
        { when: WAIT, value: false },
      ),
    ).resolves.toMatchObject({
      outcome: 'failed',
      finding: expect.stringMatching(/not ended after 30 minutes/),
    });
  });

  it.each([
    ['adSyncStaging', 'staging', 'staging', /staging mode/],
    ['adSyncSuspended', 'suspended', 'suspended', /Close the wizard/],
    ['adSyncDisabled', 'disabled', 'disabled', /SyncCycleEnabled \$true/],
    ['noConnect', 'noModule', 'notInstalled', /not on this server/],
    ['cloudSync', 'cloudSync', 'cloudSync', /has no delta sync/],
    ['moduleNotFound', 'noModule', 'noModule', /Repair the installation/],
    ['adSyncAccessDenied', 'noRights', 'noRights', /ADSyncOperators/],
    ['constrainedLanguage', 'noModule', 'noModule', /constrained language mode/],
    ['serviceStopped', 'failed', 'unknown', /its service ADSync runs\. It said: There was no endpoint/],
  ])('tells %s in words and starts nothing', async (recording, outcome, state, words) => {
    await expect(run({ when: LOOK, recording })).resolves.toEqual({
      outcome,
      state,
      finding: expect.stringMatching(words),
      asked: [LOOK],
    });
  });
});
