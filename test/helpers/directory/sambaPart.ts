import { sambaMissing } from '../../../sandbox/samba/sambaTemplate';
import type { Part } from '../process/parts';

export const sambaPart: Part = sambaMissing ? { missing: sambaMissing } : {};
