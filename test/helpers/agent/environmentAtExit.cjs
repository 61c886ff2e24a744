/** Loaded before the bot: writes the names of the environment's variables to a file when the process ends. */
const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync('environment.json', JSON.stringify(Object.keys(process.env))));
