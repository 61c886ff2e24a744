import type { SandboxOrganization } from './organization';

export type Draft = Partial<SandboxOrganization> & { name: string };

const named = (names: string[], more: Partial<SandboxOrganization> = {}): Draft[] =>
  names.map((name) => ({ name, ...more }));

/** 250 characters, the longest name that both vendors accept. */
export const LONG_NAME =
  'The Worshipful Company of Harbour Pilots, Lightkeepers, Chandlers, Sailmakers, Ropewalkers, Coopers, Caulkers and Allied Seafaring Trades of the Port and City of Bristol with its Outlying Wharves, Docks, Quays, Moorings and Anchorages (Holdings), Ltd';

/** The names of the sandbox's Microsoft tenants, spelled as in documentation that people keep by hand. */
const likeTenants: Draft[] = [
  ...named(['Northwind Traders', 'FABRIKAM MANUFACTURING, Inc.', 'Tailspin Toys GmbH', 'Wingtip Dental']),
  ...named(['Litware Legal LLP', 'Alpine Ski House AG', 'Proseware Clinics']),
  { name: 'Woodgrove Bank', status: 'Inactive', archived: true },
  { name: 'Bright Harbour IT', type: 'Owner' },
];

/** Names that cause trouble for matching or for a screen. */
const awkward: Draft[] = [
  ...named(['Contoso Ltd', 'CONTOSO, Ltd.', 'Adventure Works', 'Adventure Works', 'Wingtip Dental, Ltd.']),
  ...named([
    'Café Déjà Brew',
    'Cafe Deja Brew',
    '🚀 Rocket Couriers 🛰️',
    'شركة النخيل للتجارة',
    'מאפיית השקד בע״מ',
  ]),
  ...named([
    '株式会社さくら商事',
    'Łódź Tekstylia Sp. z o.o.',
    LONG_NAME,
    '',
    '<b>Bold</b> & Sons',
    '  Spaced   Out  ',
  ]),
  ...named(["O'Neill_*Partners*", '=SUM(A1:A2) Bookkeeping', 'Zero\u200bWidth Media']),
];

const ordinary: Draft[] = [
  ...named(['Coho Vineyard', 'Coho Winery', 'Lucerne Publishing', 'Margie’s Travel', 'Fourth Coffee']),
  ...named(['Graphic Design Institute', 'School of Fine Art', 'City Power & Light', 'Blue Yonder Airlines']),
  ...named(['Consolidated Messenger', 'The Phone Company', 'Trey Research', 'Humongous Insurance']),
  ...named([
    'VanArsdel, Ltd.',
    'Bellows College',
    'Best For You Organics',
    'First Up Consultants',
    'Relecloud',
  ]),
  ...named([
    'Liberty’s Delightful Sinful Bakery & Café',
    'Lamna Healthcare',
    'Munson’s Pickles and Preserves Farm',
  ]),
  ...named(['Nod Publishers', 'Southridge Video', 'Terra Firma Surveyors', 'Weyland Road Garage']),
  ...named(['Wide World Importers', 'Olive Tree Estate Agents', 'Harbour View Hotel'], { type: 'Prospect' }),
  ...named(['Dell Support', 'Cisco Partner Desk'], { type: 'Vendor' }),
  ...named(['Baldwin Museum of Science', 'Parnell Aerospace'], { status: 'Inactive', archived: true }),
  { name: 'Keyturn Test Company', status: 'Testing Only' },
];

/** About sixty companies, the number that a small provider looks after. */
export const DEMO_ORGANIZATIONS: readonly Draft[] = [...likeTenants, ...awkward, ...ordinary];
