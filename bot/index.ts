import { keepCompiled } from './compileCache';

// Everything loaded from here on is cached in compiled form, and its stack traces point to the sources.
keepCompiled();
process.setSourceMapsEnabled(true);
require('./main');
