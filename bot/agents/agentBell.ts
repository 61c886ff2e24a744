import type { AgentBell } from '../../domain/agents/ports';

/** The agents that wait in this process, one wait for each. Its timer ends with the wait. */
export function createAgentBell(): AgentBell {
  const waiting = new Map<string, () => void>();
  return {
    wait(agentId, ms, ended) {
      waiting.get(agentId)?.();
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          ended.removeEventListener('abort', end);
          if (waiting.get(agentId) === end) waiting.delete(agentId);
          resolve();
        };
        const timer = setTimeout(end, ms);
        waiting.set(agentId, end);
        ended.addEventListener('abort', end);
        if (ended.aborted) end();
      });
    },
    ring: (agentId) => waiting.get(agentId)?.(),
    anybodyWaits: () => waiting.size > 0,
  };
}
