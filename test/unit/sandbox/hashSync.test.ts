import { bytesOfGuid } from '../../../domain/agentProtocol/directoryUser';
import { type CarriedAccount, createHashSync } from '../../../sandbox/customer/hashSync';
import { MemoryDirectory } from '../../../sandbox/directory/memoryDirectory';

describe('the stand-in’s password hash sync', () => {
  let now = 1_800_000_000_000;
  let staging = false;
  let looks: CarriedAccount[][];
  let directory: MemoryDirectory;
  let look: () => Promise<void>;
  beforeEach(async () => {
    looks = [];
    staging = false;
    directory = new MemoryDirectory(() => now);
    look = createHashSync({
      directory,
      staging: () => staging,
      carry: (accounts) => void looks.push(accounts),
    });
  });
  const changedAt = () => looks.at(-1)?.map((account) => account.changedAt);

  it('carries all users at first, then only changes, and counts a sync each time', async () => {
    const guid = directory.add('ann');
    directory.add('ben', { consistencyGuid: 'AAAA' });
    await look();
    expect(looks[0]?.map(({ immutableId }) => immutableId)).toEqual([
      bytesOfGuid(guid).toString('base64'),
      'AAAA',
    ]);
    await look();
    expect(looks[1]).toEqual([]);
    now += 5_000;
    directory.reset(guid);
    await look();
    expect(changedAt()).toEqual([now]);
  });

  it('leaves a password that must be changed behind, and carries it after the change', async () => {
    const guid = directory.add('ann');
    await look();
    directory.reset(guid, { mustChange: true });
    await look();
    expect(changedAt()).toEqual([undefined]);
    directory.reset(guid);
    await look();
    expect(changedAt()).toEqual([now]);
  });

  it('carries nothing in staging mode, and afterwards everything that it missed', async () => {
    const guid = directory.add('ann');
    await look();
    staging = true;
    directory.reset(guid);
    await look();
    expect(looks).toHaveLength(1);
    staging = false;
    await look();
    expect(changedAt()).toEqual([now]);
  });
});
