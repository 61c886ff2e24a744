import type { z } from 'zod';
import type { enrolRequest } from '../../agentProtocol/messages';
import type { SignedRequest } from '../ports';

export type Enrolment = z.output<typeof enrolRequest>;
/** With the network address of its request. */
export type SignedEnrolment = Enrolment & Pick<SignedRequest, 'address'>;
