import { readFileSync } from 'node:fs';
import { Attribute, Change, Client } from 'ldapts';
import { bytesOfGuid } from '../../../domain/agentProtocol/directoryUser';
import type { SambaServer } from '../../../sandbox/samba/sambaServer';

/** S-1-5-11, Authenticated Users. */
const EVERYBODY = Buffer.from('01010000000000050b000000', 'hex');
const READ_PROPERTY = 0x10;
const DENY_OBJECT = 0x06;
const WITH_OBJECT_TYPE = 1;
const DACL_AT = 16;

/**
 * Hides an attribute (by its schema GUID) of one object from every account that may not read everything.
 * Resolves to a function that shows it again.
 */
export async function denyAttribute(server: SambaServer, target: string, attribute: string) {
  const { url, caFile, admin } = server;
  const descriptor = 'nTSecurityDescriptor';
  const withClient = async <T>(work: (client: Client) => Promise<T>) => {
    const client = new Client({ url, tlsOptions: { ca: readFileSync(caFile) } });
    await client.bind(admin.dn, admin.password);
    return work(client).finally(() => client.unbind());
  };
  const write = (values: Buffer[]) =>
    withClient((client) =>
      client.modify(target, [
        new Change({ operation: 'replace', modification: new Attribute({ type: descriptor, values }) }),
      ]),
    );
  const { searchEntries } = await withClient((client) =>
    client.search(target, {
      scope: 'base',
      attributes: [descriptor],
      explicitBufferAttributes: [descriptor],
    }),
  );
  const before = searchEntries[0]?.[descriptor];
  if (!Buffer.isBuffer(before)) throw new TypeError('no security descriptor');
  await write([withEntry(before, denialOf(attribute))]);
  return () => write([before]);
}

function denialOf(attribute: string): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt8(DENY_OBJECT, 0);
  head.writeUInt16LE(head.length + 16 + EVERYBODY.length, 2);
  head.writeUInt32LE(READ_PROPERTY, 4);
  head.writeUInt32LE(WITH_OBJECT_TYPE, 8);
  return Buffer.concat([head, bytesOfGuid(attribute), EVERYBODY]);
}

/** The list with one more entry at its head, which lies after all the rest. */
function withEntry(descriptor: Buffer, entry: Buffer): Buffer {
  const at = descriptor.readUInt32LE(DACL_AT);
  const list = Buffer.from(descriptor.subarray(at, at + descriptor.readUInt16LE(at + 2)));
  list.writeUInt16LE(list.length + entry.length, 2);
  list.writeUInt16LE(list.readUInt16LE(4) + 1, 4);
  const fresh = Buffer.concat([descriptor, list.subarray(0, 8), entry, list.subarray(8)]);
  fresh.writeUInt32LE(descriptor.length, DACL_AT);
  return fresh;
}
