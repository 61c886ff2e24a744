import { nameFaultOf, writtenOut } from '../customers/customerName';

const NAME_IT = 'Name it there, then import again.';
const RENAME_IT =
  'Rename it there and import again; or type “add customer”, give it a name that fits, and choose this organization then.';

/**
 * Says why an organization's name cannot be a customer's, and what to do about it; undefined for a good name.
 */
export function unusableName(name: string): string | undefined {
  switch (nameFaultOf(name)) {
    case 'short':
      return `${name.trim() ? 'Its name has fewer than 2 characters' : 'It has no name'}. ${NAME_IT}`;
    case 'long':
      return `Its name has ${writtenOut(name)} characters; a customer’s can have 100. ${RENAME_IT}`;
    case 'characters':
      return `Its name holds line breaks, control characters or text-direction marks. ${RENAME_IT}`;
    default:
      return undefined;
  }
}
