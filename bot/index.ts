import { keepCompiled } from './compileCache';

// What is loaded from here on is kept compiled, and its stack traces point to the sources.
keepCompiled();
process.setSourceMapsEnabled(true);
require('./main');
