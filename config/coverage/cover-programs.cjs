// Loaded into jest's workers by run.js: what a test starts there writes down what it executed, by Node's own means. The
// workers themselves must not, because jest measures what runs inside them, and V8 would keep every module of theirs.
if (process.env.JEST_WORKER_ID !== undefined) process.env.NODE_V8_COVERAGE = process.env.ALMANAC_COVERAGE;
