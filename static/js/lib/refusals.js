/** The sentence of a refusal lives with the texts it is made of. */
export { fieldName, refusalSentence } from './catalogue.js';
