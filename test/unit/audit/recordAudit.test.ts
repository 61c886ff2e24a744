import { audited } from '../../../domain/audit/recordAudit';
import { StoreUnavailable } from '../../../domain/errors';
import { TRIES } from '../../../domain/stores/retried';
import { actor } from '../../helpers/cloud/signInWorld';
import { contended } from '../../helpers/store/contendedStore';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';

const clock = new TestClock();
const admin = actor('person-1', 'admin');
const entry = { action: 'customer.rename', target: 'Northwind', before: 'Contoso' } as const;

function world() {
  const { audit } = memoryStores(clock);
  const run = (work: () => Promise<void>, store = audit) =>
    audited(
      { stores: { audit: store }, clock },
      admin,
      'r',
      entry,
      async () => {
        await work();
        return 'renamed';
      },
      () => ({ after: 'Northwind' }),
    );
  const outcome = async () => (await audit.get('r:customer.rename'))?.value.outcome;
  return { stores: { audit }, run, outcome };
}

const done = async () => undefined;

describe('the audit record of work that was done', () => {
  it('says done', async () => {
    const { run, outcome } = world();
    expect(await run(done)).toBe('renamed');
    expect(await outcome()).toBe('done');
  });

  it('never says failed when others delay the record, and the same request settles it', async () => {
    const {
      stores: { audit },
      run,
      outcome,
    } = world();
    const busy = contended(audit, TRIES + 1);
    await expect(run(done, busy)).rejects.toMatchObject({ code: 'conflict' });
    expect(await outcome()).toBe('started');
    expect(await run(done, busy)).toBe('renamed');
    expect(await outcome()).toBe('done');
  });
});

describe('the audit record of work that threw', () => {
  it('says failed', async () => {
    const { run, outcome } = world();
    await expect(run(() => Promise.reject(new TypeError('no')))).rejects.toThrow('no');
    expect(await outcome()).toBe('failed');
  });

  it('stays started when the store cannot tell whether the work was done', async () => {
    const { run, outcome } = world();
    await expect(run(() => Promise.reject(new StoreUnavailable('gone')))).rejects.toThrow(StoreUnavailable);
    expect(await outcome()).toBe('started');
  });
});
