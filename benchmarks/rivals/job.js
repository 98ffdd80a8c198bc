// What both rivals under Node share: the letters, the fonts, and the measuring.
"use strict";
const fs = require("fs");
const path = require("path");

const fonts = path.join(__dirname, "..", "..", "optout", "documents", "fonts");
exports.face = (name) => path.join(fonts, `OptoutText-${name}.ttf`);
exports.SIZE = 10.5;
exports.MARGIN = 72;

exports.blocks = (letter) => [
  ["Regular", letter.sender.join("\n")],
  ["Regular", `${letter.date_line}\n${letter.reference}`],
  ["Regular", letter.recipient.join("\n")],
  ["Bold", letter.subject],
  ...[letter.salutation, ...letter.paragraphs, letter.closing, letter.signature]
    .map((text) => ["Regular", text.replaceAll("\t", " ")]),
];

exports.library = (name) => {
  try {
    return require(name);
  } catch {
    console.log("not installed (make bench-rivals)");
    process.exit(1);
  }
};

exports.run = async (make) => {
  const [job, out, count] = process.argv.slice(2);
  const letters = JSON.parse(fs.readFileSync(job, "utf8")).slice(0, Number(count));
  for (let number = 0; number < 3; number += 1) await make(letters[number], path.join(out, "0.pdf"));
  const before = process.cpuUsage();
  for (let number = 0; number < letters.length; number += 1) {
    await make(letters[number], path.join(out, `${number}.pdf`));
  }
  const taken = process.cpuUsage(before);
  console.log(JSON.stringify({ seconds: (taken.user + taken.system) / 1e6, kib: peak() }));
};

// The system's own figure where it tells one (Linux): maxRSS begins with what the parent held.
const peak = () => {
  const status = "/proc/self/status";
  const found = fs.existsSync(status) && /VmHWM:\s+(\d+)/.exec(fs.readFileSync(status, "utf8"));
  return found ? Number(found[1]) : process.resourceUsage().maxRSS;
};

exports.written = (stream, target) => new Promise((done, failed) => {
  const file = fs.createWriteStream(target);
  file.on("finish", done);
  file.on("error", failed);
  stream.pipe(file);
  stream.end();
});
