import { addPerson } from './addPerson';
import { agent } from './agent';
import type { CardAction } from './cardAction';
import { command } from './command';
import { customer } from './customer';
import { customers } from './customers';
import { dialog } from './dialog';
import { explainResets } from './explainResets';
import { importApply } from './importApply';
import { importCancel } from './importCancel';
import { importList } from './importList';
import { importResult } from './importResult';
import { importReview } from './importReview';
import { importStart } from './importStart';
import { integration } from './integration';
import { leave } from './leave';
import { notifySave, notifyStop } from './notify';
import { organization } from './organization';
import { removePerson } from './removePerson';
import { replaceAgent } from './replaceAgent';
import { sharedConversation } from './sharedConversation';
import { tenant } from './tenant';
import { testAgain } from './testAgain';

/** Every verb that a card's button can carry. */
export const cardActions: readonly CardAction[] = [
  dialog,
  command,
  customers,
  customer,
  testAgain,
  tenant,
  leave,
  addPerson,
  removePerson,
  integration,
  importStart,
  importReview,
  importApply,
  importCancel,
  importResult,
  importList,
  organization,
  sharedConversation,
  notifySave,
  notifyStop,
  explainResets,
  agent,
  replaceAgent,
];
