import { DEMO_ORGANIZATIONS, type Draft, LONG_NAME } from './demoOrganizations';
import type { SandboxOrganization } from './organization';

const SURNAMES =
  'Abbott Barlow Calder Dawson Eastwood Farrow Garland Hale Ingram Jarvis Kemp Langley Marlow Norwood Orchard Pryce Quill Ridley Sutton Thorne Upton Vance Whitlock Yardley Ashby Birch Crane Dunmore Elling Frost Gable Hollis Ivers Joyce Kirby Loomis Mercer Nash Osborne Pike Radcliffe Stroud Talbot Underhill Vickers Walden York Zeller Brandt Cooke'.split(
    ' ',
  );
const TRADES =
  'Dental|Legal|Logistics|Foods|Engineering|Estates|Interiors|Motors|Pharmacy|Plumbing|Print|Recruitment|Roofing|Sports|Textiles|Timber|Travel|Veterinary|Accountants|Architects|Bakery|Brewing|Carpets|Catering|Coaches|Electrical|Farms|Films|Fisheries|Florists|Games|Glass|Hotels|Insurance|Jewellers|Laboratories|Media|Nurseries|Optics|Packaging'.split(
    '|',
  );
const CITIES = 'Leeds Bristol Cardiff Derby Exeter Glasgow Hull Lincoln Norwich York'.split(' ');

/** The size of the demo: about sixty. */
export const DEMO_SIZE = DEMO_ORGANIZATIONS.length;
/** After this many, made-up names repeat. */
const DIFFERENT = SURNAMES.length * TRADES.length * CITIES.length;

/**
 * Companies of an account, always the same for the same count and seed: first those of the demo, then made-up
 * ones. Each hundred of these contains the awkward cases again. Ids rise from `firstId`.
 */
export function makeOrganizations({ count = DEMO_SIZE, seed = 1, firstId = 1 } = {}): SandboxOrganization[] {
  return Array.from({ length: count }, (_, index) => ({
    ...complete(DEMO_ORGANIZATIONS[index] ?? madeUp(index, seed), index),
    id: firstId + index * 3,
  }));
}

/** Adds everything that the draft does not specify. */
export function complete(draft: Draft, index: number): Omit<SandboxOrganization, 'id'> {
  const at = (day: number) => new Date(Date.UTC(2024, 0, 1 + (day % 800), 9, 30)).toISOString();
  const city = CITIES[index % CITIES.length] ?? '';
  const base = { status: 'Active', type: 'Customer', archived: false, city, website: null } as const;
  return { ...base, createdAt: at(index), updatedAt: at(index + 30), ...draft };
}

function madeUp(index: number, seed: number): Draft {
  // The multiplier shares no divisor with DIFFERENT, so every number comes once before one repeats.
  const plain = (number: number) => nameOf((number * 7919 + seed * 104_729) % DIFFERENT);
  const name = plain(index);
  const before = plain(index - 1);
  const special: Record<number, Draft> = {
    11: { name: before },
    22: { name: `${before.toUpperCase()}, Ltd.` },
    33: { name: `🏭 ${name} 🚚` },
    44: { name: `شركة ${name}` },
    55: { name: `${name} ${LONG_NAME}`.slice(0, 250) },
    66: { name: '' },
    77: { name, status: 'Inactive', archived: true },
    88: { name, type: 'Vendor' },
  };
  return special[index % 100] ?? { name };
}

const nameOf = (number: number): string => {
  const rest = Math.floor(number / SURNAMES.length);
  const city = CITIES[Math.floor(rest / TRADES.length)];
  return `${SURNAMES[number % SURNAMES.length]} ${TRADES[rest % TRADES.length]} ${city}`;
};
