import type { SourceRefusal, SourceRefused } from '../organizations/ports';

const REGIONS: Record<string, string> = { us: 'US', eu: 'EU', au: 'AU' };
/** We show words of a vendor or a network only when they are a number, a version or a word or two. */
const PLAIN = /^[\w .-]{1,30}$/;

const SENTENCES: Record<SourceRefusal, (detail?: string) => string> = {
  unreachable: () =>
    'The host does not answer: its name is not known, it refuses the connection, it takes too long or it leads away from https. Check the host name, and that it can be reached from where Keyturn runs.',
  notTrusted: () =>
    'The host’s certificate is not trusted (self-signed, expired, or for another name). Have its certificate renewed or completed there, then try again.',
  badHost: () =>
    'That is not a host name. Give the host alone, such as docs.example.com: no https:// before it, no port and no path behind it.',
  privateAddress: () =>
    'The host leads to an address of this machine or of a private network, which Keyturn does not call. Use its public name; for a Hudu inside your own network the operator can set HUDU_ALLOW_PRIVATE_HOSTS.',
  badKey: () =>
    'The API key is not accepted. Check that it was copied whole, and that it was not revoked or expired there.',
  wrongRegion: (region) =>
    region && REGIONS[region]
      ? `The API key belongs to another IT Glue region: ${REGIONS[region]}. Add the integration again and choose that region.`
      : 'The API key belongs to another IT Glue region. Add the integration again and choose that region.',
  noRight: () =>
    'The API key is known, but it may not read organizations. Give it that right there (in Hudu also: all companies, and this server’s address if the key is limited to some), or make a new key.',
  tooOld: (version) =>
    `This Hudu is too old for Keyturn${version ? ` (it is ${version})` : ''}. Update Hudu, then try again.`,
  webPage: (status) =>
    `Something answered with a web page instead of data${status ? ` (status ${status})` : ''}: a firewall, a proxy or a sign-in page in between, or another host. This says nothing about the API key. Check the host name; then have the firewall or proxy let Keyturn’s server through.`,
  brokenOff: () =>
    'The host’s answer broke off in the middle. Try again; if it stays so, ask those who run the network between Keyturn and the host.',
  notJson: () =>
    'The answer is not what the vendor’s API sends. Check that the host is the right one, and that the API is switched on there.',
  tooLarge: () =>
    'The answer is far larger than the vendor’s API sends. Check that the host is the right one.',
  endless: () =>
    'The list of organizations repeats itself and does not end. Nothing was taken from it. Try again; if it stays so, ask the vendor’s support.',
  throttled: (seconds) =>
    `The vendor asks to wait: too many requests were made with this account. Try again ${seconds ? `in ${seconds} seconds` : 'in some minutes'}.`,
  unavailable: () => 'The vendor’s service is not available at the moment. Try again in some minutes.',
};

/** Says exactly what is missing, and what to do about it. */
export function sourceSentence({ refusal, detail }: Pick<SourceRefused, 'refusal' | 'detail'>): string {
  return SENTENCES[refusal](detail !== undefined && PLAIN.test(detail) ? detail : undefined);
}
