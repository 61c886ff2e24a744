/**
 * Preloaded into every part of the demo. The part ends when the demo is gone, even after kill -9.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
