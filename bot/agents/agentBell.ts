import type { AgentBell } from '../../domain/agents/ports';

/** Agents that wait in this process, one wait of each. Timers end with what they wait for. */
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
