/** Preloaded into the Playground, which would otherwise listen on every network interface. */
const net = require('node:net');

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenOnLoopback(port, ...rest) {
  if (typeof port !== 'number') throw new TypeError('Only a plain port can be held to 127.0.0.1.');
  const callback = rest.find((value) => typeof value === 'function');
  return listen.call(this, { port, host: '127.0.0.1' }, callback);
};
