/**
 * Preloaded into every part of the demo. The part ends when the demo is gone, however the demo ended (kill -9
 * too).
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
