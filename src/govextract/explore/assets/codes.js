// What a problem or a finding says in Chinese. The tables of a run are in English; in Chinese each
// code has its cause and remedy, and what varies is taken from the English by a pattern.

const PROBLEMS_ZH = {
  "read/missing": ["文件不存在", "检查路径"],
  "read/unreadable": ["文件无法打开", "确认它是文件且有读取权限"],
  "read/empty": ["文件是空的", "重新下载或复制"],
  "read/too-large": ["文件过大", "拆分文件，或去掉其中的图片"],
  "read/unknown-format": ["无法识别的格式", "另存为文本、HTML、PDF 或 DOCX"],
  "read/encoding": ["无法识别的编码，或不是文本", "另存为 UTF-8"],
  "read/no-text": ["没有正文（脚本载入的网页、扫描件或空文档）", "待正文显示后保存网页；扫描件先做文字识别"],
  "read/page-without-text": ["PDF 的这一页是图片，其余各页已读取", "对这一页做文字识别"],
  "read/garbled": ["PDF 的字体没有说明所显示的文字", "做文字识别，或改用网页"],
  "read/encrypted": ["文件有密码", "另存为无密码的文件"],
  "read/damaged": ["文件不完整或结构损坏", "重新下载或复制"],
  "read/needs-soffice": ["旧式 Word 文件（.doc），且未安装 LibreOffice", "安装 LibreOffice，或另存为 DOCX"],
  "run/too-large": ["文件超过 --max-size", "调高该值，或拆分文件"],
  "run/timeout": ["处理时间超过 --timeout", "调高该值，或拆分文件"],
  "run/crashed": ["处理此报告的进程两次中断：文件损坏或内存不足", "单独处理此文件"],
  "run/defect": ["程序缺陷", "请连同文件一起报告"],
  "unexplained-number": ["没有规则说明“{0}”是什么", "用 govextract explain FILE --at 位置 查看；若是数量，把它的单位加入 --lexicon 的文件", /explains (.+)$/],
  "unknown-unit": ["词典中没有以“{0}”开头的单位", "把单位加入 --lexicon 的文件", /begins (.+)$/],
};

const FINDINGS_ZH = [
  [/^(.*) does not agree with (.*)$/s, "{1}与{2}不相符"],
  [/^(.*): one digit: (\S+) for (\S+)$/s, "{1}：一位数字之差，{2} 应为 {3}"],
  [/^(.*): two digits changed places: (\S+) for (\S+)$/s, "{1}：两位数字颠倒，{2} 应为 {3}"],
  [/^(.*): (?:a )?(\S+) too large$/s, "{1}：多了“{2}”"],
  [/^(.*): (?:a )?(\S+) too small$/s, "{1}：少了“{2}”"],
];

function problemMessage({ code, message }) {
  const [cause, , pattern] = (language === 1 && PROBLEMS_ZH[code]) || [];
  if (!cause) return message;
  const found = pattern?.exec(message);
  return pattern && !found ? message : fillIn(cause, found?.slice(1) ?? []);
}

function problemRemedy({ code, remedy }) {
  return (language === 1 && PROBLEMS_ZH[code]?.[1]) || remedy;
}

/** The message or the cause of a finding, in the chosen language. */
function findingWords(english) {
  const [pattern, words] = (language === 1 && FINDINGS_ZH.find(([item]) => item.test(english))) || [];
  return pattern ? fillIn(words, pattern.exec(english)) : english;
}
