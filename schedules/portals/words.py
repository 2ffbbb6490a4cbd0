"""What `portals add` and `portals check` say: what was seen, what is wrong, what to try."""

from __future__ import annotations

from schedules.words.language import Words

# --- why an address is no list, by the beginning of what was observed ----------------------------

UNUSABLE = Words("{url} 不能用：{reason}", "{url}: {reason}")
REMEDY_BLOCKED = Words(
    "。网站拒绝了我们，程序不会绕过：过些时候再试，或换一个网络",
    ". The site refuses us, and nothing here gets around that: try later, or from another network",
)
_OTHER_ADDRESS = Words(
    "。栏目可能已换址：请在浏览器里打开栏目，用地址栏里的网址",
    ". The column may have moved: open it in a browser and use the address shown there",
)
_OTHER_HOST = Words(
    "；抓取不会跟去别的主机：请把那个网址写进 lists",
    "; a crawl does not follow to another host: put that address into lists",
)
_SCRIPT = Words(
    "。请在浏览器的开发者工具里找到列表数据的地址（JSON 或 XML），把它作为栏目网址",
    ". Find the address the list's data comes from (JSON or XML) in the browser's developer tools, "
    "and use that as the column's",
)
_LATER = Words("。请稍后再试", ". Try again later")
REMEDIES: tuple[tuple[str, Words], ...] = (
    ("script shell", _SCRIPT),
    ("no list", _SCRIPT),
    ("404", _OTHER_ADDRESS),
    ("410", _OTHER_ADDRESS),
    ("soft 404", _OTHER_ADDRESS),
    ("redirected to another host", _OTHER_HOST),
    ("redirected", _OTHER_ADDRESS),
    ("5", _LATER),
    ("maintenance", _LATER),
)

# --- add: what stops it --------------------------------------------------------------------------

BAD_ADDRESS = Words(
    "应为栏目的 http 或 https 网址：{url}", "the http or https address of a column is needed: {url}"
)
NO_PORTAL_FOLDER = Words(
    "没有配置文件，不知道门户文件写在哪里。先 fuhan init DIR，再 fuhan --config DIR/fuhan.toml "
    "portals add {url}；只看不写：加 --print",
    "no configuration says where portal files go. First fuhan init DIR, then "
    "fuhan --config DIR/fuhan.toml portals add {url}; or add --print to look only",
)
NAME_TAKEN = Words(
    "已有门户 {name}（{file}）。核对它：fuhan portals check {name}；"
    "另起名字：--name NAME；替换它：--force",
    "there is a portal {name} already ({file}). Look at it: fuhan portals check {name}; "
    "write another: --name NAME; replace it: --force",
)
COLUMN_WATCHED = Words(
    "{url} 已在门户 {name} 中。核对它：fuhan portals check {name}；仍要另写：--force",
    "{url} is watched by the portal {name} already. Look at it: fuhan portals check {name}; "
    "write one all the same: --force",
)
IS_A_LETTER = Words(
    "{url} 是一份复函，不是栏目。列出它的栏目：fuhan portals add {column}",
    "{url} is a letter, not a column. The column that lists it: fuhan portals add {column}",
)
IS_A_LETTER_NEAR = Words(
    "{url} 是一份复函，不是栏目。这个栏目列有复函，只是第 1 页上没有它：fuhan portals add {column}",
    "{url} is a letter, not a column. This column lists letters, though not this one on its first "
    "page: fuhan portals add {column}",
)
NONE_LISTS_LETTERS = Words(
    "{url} 是一份复函，不是栏目；试过的地址都没有列出复函（{columns}）。"
    "请打开它所在的栏目，用那里的网址",
    "{url} is a letter, not a column; none of the addresses tried lists letters ({columns}). Open "
    "the column it stands in and use that address",
)
IS_A_LETTER_ALONE = Words(
    "{url} 是一份复函，不是栏目，页面上也找不到栏目网址；请打开它所在的栏目，用那里的网址",
    "{url} is a letter, not a column, and names none; open the column it stands in and use that "
    "address",
)
NO_LIST = Words(
    "{url} 里没有找到复函列表。请确认这是“建议提案办理”一类栏目的列表页",
    "{url}: no list of letters found. Make sure that it is the list page of a column of replies "
    "(建议提案办理)",
)
LIST_BY_SCRIPT = Words(
    "；如果浏览器里能看到列表，它是脚本取来的：请在开发者工具里找到数据的地址（JSON 或 XML），"
    "用那个网址",
    "; if a browser shows one, a script fetches it: find the data's address (JSON or XML) in the "
    "developer tools and use that",
)
COLUMNS_LINKED = Words(
    "。这页链接到的栏目，可以试试：{columns}", ". Columns it links to, worth trying: {columns}"
)
LETTERS_ELSEWHERE = Words(
    "{count} 个链接通往别的主机（{hosts}），抓取不会跟去：请为那里的栏目另写一个门户，"
    "或把其中一个网址写进 pages，那台主机就也会问到",
    "{count:link leads|links lead} to other hosts ({hosts}), where a crawl does not follow: add a "
    "portal for the column there, or put one of the addresses into pages, then its host is asked, "
    "too",
)
NO_LETTERS = Words(
    "{url} 列出了 {count} 个链接，但试读的 {tried} 页都不是可读的复函（{reason}）",
    "{url} lists {count:link|links}, but none of the {tried:page|pages} tried reads as a "
    "reply letter ({reason})",
)
NO_AGENCY = Words(
    "页面和复函都没有写明机关名称；请写出全称：--agency 某某市科学技术局",
    "neither pages nor letters name the agency; give its full name: --agency NAME",
)

# --- add: what was seen --------------------------------------------------------------------------

REDIRECTED = Words(
    "{asked} 转到了 {url}，栏目网址记为后者", "{asked} leads to {url}, which is taken"
)
LIST_READ = Words(
    "列表 {url}：按 {platform} 读出 {count} 个复函链接",
    "list {url}: {count:link|links}, read as {platform}",
)
PAGING_PROVED = Words(
    "分页：至少 {pages} 页，第 2 页另有 {count} 个链接",
    "paging: at least {pages:page|pages}, {count:more link|more links} on page 2",
)
PAGING_NONE = Words("分页：只有一页", "paging: one page only")
PAGING_UNPROVED = Words("分页：第 2 页没有读成：{reason}", "paging: page 2 was not read: {reason}")
PAGING_SAME = Words("第 2 页没有新的链接", "it shows no link that page 1 does not")
PAGING_MISSED = Words(
    "分页：页面说共 {pages} 页，却没有找到下一页的地址；复函较多时会漏掉后面的",
    "paging: the page speaks of {pages} pages, but no address of a next one was found; letters on "
    "later pages would be missed",
)
FOUND_BY = Words("  正文：{method}（{container}）", "  article: by {method} ({container})")
CHECKED_WITHOUT = Words(
    "注意：试读未用档案中已学到的网页特征，档案打不开：{reason}",
    "note: tried without what the archive has learnt of the pages, for it cannot be read: {reason}",
)
NEXT_CHECK = Words(
    "下一步：{command} portals check {name}，然后 {command} crawl {name}",
    "next: {command} portals check {name}, then {command} crawl {name}",
)
NOT_ENABLED = Words(
    '注意：{name} 不在 [crawl] enabled 里，请把 "{name}" 加进去',
    'note: {name} is not in [crawl] enabled; add "{name}" there',
)
HTTPS_TAKEN = Words(
    "{reason}；网址没有写协议，是按 https 取的：网站若是 http，请写 http://{url}",
    "{reason}; the address names no protocol and https was taken: for a site of http write "
    "http://{url}",
)
OTHERS_ENABLED = Words(
    '注意：内置的 {count} 个门户也启用着；只看自己的，就在 [crawl] 中写 enabled = ["{name}"]',
    "note: {count} built-in portals are enabled, too; for your own alone write "
    'enabled = ["{name}"] under [crawl]',
)

# --- the file's remarks --------------------------------------------------------------------------

WRITTEN_HEAD = Words(
    "由 fuhan portals add 写成；核对：fuhan portals check {name}",
    "written by fuhan portals add; look again with: fuhan portals check {name}",
)
CHECKED_ON = Words("{time}（北京时间）试读", "tried at {time}, China's time")
FROM_OPTION = Words("按命令行所给", "as given on the command line")
FROM_ADDRESS = Words("取自网址，须与文件名相同", "from the address; equals the file's name")
FROM_SITE = Words("取自网站名称", "from the site's name")
FROM_LETTERS = Words("取自复函", "from the letters")
OTHERS_PRINTED = Words(
    "；复函里还印有 {names}，若是同一机关请加入 aliases",
    "; letters also print {names}: add to aliases if it is the same office",
)
FROM_SITE_CODE = Words(
    "取自网站标识码 {code} 的前六位", "the first six digits of the site's code {code}"
)
MARKS_SEEN = Words("所见标记：{marks}", "its marks: {marks}")
NO_MARKS = Words("没有认出网站系统，按内容找", "no known system; read by content")
FROM_COLUMN_NAME = Words("kind 取自栏目名“{name}”", "kind: from the column's name, {name}")
KINDS_MIXED = Words(
    "不写 kind：建议与提案同栏，或看不出，以每份复函自己的话为准",
    "no kind: both stand in it, or nothing tells; each letter's own words decide",
)
SEEN_LISTED = Words(
    "读过的 {read} 页（至少共 {pages} 页）列出 {count} 件，取一半",
    "half of the {count} listed on the {read} pages read (of at least {pages})",
)
LIST_ITEM_NEEDED = Words("通用规则漏掉了这里的条目", "the platform's rule misses the items here")
BODY_NEEDED = Words("不写它读不出正文", "without it no article is read")
SIBLINGS = Words(
    "这页还链接到下列栏目，没有试过；确认后去掉行首的 #：",
    "the page links to these columns too, not tried; take the # away once you have looked:",
)

# --- check: what is wrong and what to try --------------------------------------------------------

FAULT = Words("  ✗ {text}", "  ✗ {text}")
NOTE = Words("  · {text}", "  · {text}")
LIST_EMPTY = Words(
    "没有找到复函链接：网站可能改版，或栏目换址；在浏览器里打开核对",
    "no links to letters found: the site may be redesigned, or the column moved; open it in a "
    "browser",
)
SELECT_FINDS_NOTHING = Words(
    "select.{key} 什么也没找到（{css}）：网站可能改版，去掉它或改写",
    "select.{key} finds nothing ({css}): the site may be redesigned; drop or change it",
)
TRY_PLATFORM = Words(
    '换 platform = "{platform}" 能找到 {count} 个链接',
    'platform = "{platform}" finds {count:link|links}',
)
TRY_SELECT = Words('可试 [select] {key} = "{css}"', 'try [select] {key} = "{css}"')
LETTERS_MISSED = Words(
    "页面上标题像复函的链接有 {count} 个没有列入",
    "{count:link|links} with a letter's title not listed",
)
TOO_FEW = Words(
    "只列出 {count} 件，min_letters = {least}：网站可能改版；若确实变少，改小 min_letters",
    "{count} listed, but min_letters = {least}: the site may be redesigned; lower it if that is "
    "right",
)
MOVED_ADDRESS = Words(
    "转到了 {url}；建议把 lists 里的网址改成它", "leads to {url}; better put that into lists"
)
NOT_READ = Words("读不出：{reason}", "not read: {reason}")
FOUND_BY_CONTENT = Words(
    "正文不在 {platform} 的常见位置，是按内容找到的；多访问几页后会学到位置",
    "the article is not where {platform} puts it, it was found by content; a crawl learns the "
    "place",
)
NO_INDEX_NUMBERS = Words(
    "没有读到索引号；页面上若有，把它的标签写进 [labels]",
    "no index number was read; if pages show one, put its label into [labels]",
)
OTHER_AGENCY = Words(
    "复函印的机关是 {names}，不是 {agency}；若是同一机关，加入 aliases",
    "letters print {names}, not {agency}; add to aliases if it is the same office",
)
NONE_READ = Words(
    "试读的 {tried} 页没有一页是复函：栏目可能不对，或网站改版",
    "none of the {tried:page|pages} tried is a letter: the wrong column, or a redesign",
)
CHECK_WELL = Words(
    "没有发现问题。下一步：{command} crawl {name}", "no faults. Next: {command} crawl {name}"
)
CHECK_WARNED = Words(
    "没有发现问题，但读出的复函有 {count} 条提示，请看一看。下一步：{command} crawl {name}",
    "no faults, but {count:warning|warnings} beside the letters: look there. "
    "Next: {command} crawl {name}",
)
CHECK_FAULTS = Words("{count} 处有问题（✗）", "{count:fault|faults} (✗)")
