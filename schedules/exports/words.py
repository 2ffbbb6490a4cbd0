"""What is said of exports, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from schedules.words.language import Words

EXPORTING_HELP: Mapping[str, Words] = {
    "export": Words(
        "把复函交给其他程序：全部，或某序号之后变化的。各格式的字段见 docs/data-dictionary.md。",
        "Hand letters on to programs: all, or those that changed since a cursor. Every form's "
        "columns: docs/data-dictionary.md.",
    ),
    "export --format": Words(
        "格式：jsonl、csv 可写到标准输出，其余须用 -o；datasette 是 Datasette 的元数据；"
        "不写则看 -o 的结尾，再不然 jsonl",
        "the form; jsonl and csv may go to stdout, the others need -o; datasette is the metadata "
        "of Datasette; by default what -o ends in, else jsonl",
    ),
    "export --after": Words(
        "只要这个序号之后变化的", "only letters that changed after this cursor"
    ),
    "export --output": Words(
        "写到这个文件（text、huggingface 为目录）；写完才替换原有的；"
        "以 .csv.gz、.jsonl.gz 结尾则压缩",
        "the file to write (text, huggingface: the folder); what is there is replaced at the end; "
        ".csv.gz and .jsonl.gz are compressed",
    ),
    "export --cursor-file": Words(
        "从这个文件所记的序号接着导出，成功后记下新的序号；文件不存在则导出全部",
        "go on from the cursor in this file, and keep the new one there once all is written; "
        "without the file every letter is exported",
    ),
    "export --contacts": Words("也给出联系方式（个人信息）", "with contact lines (personal data)"),
}

NEEDS_OUTPUT = Words(
    "{form} 格式须用 -o 指明写到哪里", "the form {form} needs -o: the place to write to"
)
ALWAYS_WHOLE = Words(
    "{form} 格式总是写出全部复函，不能与 --after 或 --cursor-file 同用",
    "the form {form} is always written whole: leave --after and --cursor-file away",
)
OTHER_ENDING = Words(
    "{path} 的结尾是 {told}，格式却是 {form}：请写 --format {told}，或改文件名",
    "{path} ends as {told}, but the form is {form}: write --format {told}, or another name",
)
UNKNOWN_ENDING = Words(
    "从 {path} 的结尾看不出要写成哪种格式：结尾请用 {known} 之一，或另写 --format",
    "{path} ends in the name of no form: end it in one of {known}, or write --format",
)
NO_SUCH_FILE = Words(
    "不能写出 {ending} 文件：{path} 的结尾请用 {known} 之一。表格软件可打开 .csv；"
    "要用别的压缩方式，不写 -o，把标准输出交给压缩程序",
    "fuhan writes no {ending} file here: end {path} in one of {known}. Spreadsheets open .csv; for "
    "another compression leave -o away and hand stdout to its program",
)
ONE_CURSOR = Words(
    "--after 与 --cursor-file 只能用一个", "--after or --cursor-file: one of the two"
)
BAD_CURSOR_FILE = Words(
    "{path} 里没有序号；删去它可重新导出全部",
    "{path} holds no cursor; remove it to export everything anew",
)
EXPORTED = Words(
    "已写出 {letters} 件：{path}；下次接着导出：--after {cursor}",
    "{letters:letter|letters} written: {path}; to go on from here: --after {cursor}",
)
METADATA_WRITTEN = Words(
    "已写出 {path}；打开档案：datasette {archive} -m {path}",
    "wrote {path}; to look at the archive: datasette {archive} -m {path}",
)
METADATA_SHOWS_ALL = Words(
    "Datasette 显示整个档案，包括联系方式（readings.contacts，个人信息）和所存网页（captures）；"
    "不要把它开放给别人。要公开请用 csv 或 parquet，默认不含联系方式",
    "Datasette shows all of the archive, contact lines (readings.contacts, personal data) and kept "
    "pages (captures) too: do not serve it to others. To publish, use csv or parquet, which leave "
    "contact lines out",
)
PARQUET_MISSING = Words(
    "写 Parquet 需要 pyarrow：pip install 'fuhan[parquet]'",
    "Parquet needs pyarrow: pip install 'fuhan[parquet]'",
)
FOLDER_OF_OTHERS = Words(
    "{path} 里有别的文件，又没有 {index}；请指明新目录或本命令写过的目录",
    "{path} holds files but no {index}; name a new folder, or one that an export wrote",
)
NO_FOLDER = Words("{path} 不是目录", "{path} is no folder")
