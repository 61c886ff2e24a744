import { isPersonal } from '../../domain/conversations/conversationKind';
import { invalidInput } from '../../domain/errors';
import { showImport } from '../views/showImport';
import { cardAction } from './cardAction';
import { pageOfResult } from './importResult';

/** Puts the link to an import's list on the card that the clicking person sees, and nowhere else. */
export const importList = cardAction({
  verb: 'importList',
  permission: 'organizations.import',
  schema: pageOfResult,
  async handle(turn, { runId, outcome, page }, deps) {
    if (turn.envelope.type !== 'invoke') throw invalidInput(TOO_OLD);
    if (!isPersonal(turn.sender)) return turn.note(ALONE);
    const list = await deps.makeLink(turn.actor, { kind: 'importList', runId });
    turn.replaceForMe(await showImport(deps, turn.actor, runId, { page, ...(outcome && { outcome }), list }));
  },
});

const ALONE = 'The link to the list is for you alone. Open our personal chat and type “import list” there.';
const TOO_OLD = 'This Teams cannot show a link to you alone. Choose it again in the newest Teams.';
