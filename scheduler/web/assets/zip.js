// A folder as one file: a zip without compression (APPNOTE 6.3, sections 4.3.7 to 4.3.16).

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let k = 0; k < 8; k++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function fields(...pairs) {
  const view = new DataView(new ArrayBuffer(pairs.reduce((size, [, width]) => size + width, 0)));
  let at = 0;
  for (const [value, width] of pairs) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return new Uint8Array(view.buffer);
}

// Files are { name, bytes }.
export function zipped(files) {
  const [parts, entries] = [[], []];
  let offset = 0;
  for (const { name, bytes } of files) {
    const told = new TextEncoder().encode(name);
    const common = [[20, 2], [0x0800, 2], [0, 2], [0, 2], [0x21, 2], [crc(bytes), 4], [bytes.length, 4], [bytes.length, 4], [told.length, 2], [0, 2]];
    const head = fields([0x04034b50, 4], ...common);
    entries.push(fields([0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), told);
    parts.push(head, told, bytes);
    offset += head.length + told.length + bytes.length;
  }
  const size = entries.reduce((sum_, part) => sum_ + part.length, 0);
  const end = fields([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [offset, 4], [0, 2]);
  return new Blob([...parts, ...entries, end], { type: "application/zip" });
}
