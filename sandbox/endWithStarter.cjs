/** Preloaded into every part of the demo: it ends when the demo is gone, however the demo went (kill -9 too). */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
