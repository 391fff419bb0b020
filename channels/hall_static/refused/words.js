/** By the code of a refusal. In Chinese it says itself what to do. */

export const words = {};
