"""The pages of a column that are no plain letters: a file without text, a mailbox, a summary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from crawler.demo.agencies import SCIENCE
from crawler.demo.letters import DemoLetter, File, Line, Submission, Table

ATTACHMENT_ONLY = DemoLetter(
    key="science-attachment",
    agency=SCIENCE,
    title="关于市政协六届二次会议第0613号提案的复函",
    submission=Submission("proposal", "0613", "市政协六届二次会议", None),
    text=(),
    files=(File("关于市政协六届二次会议第0613号提案的复函.pdf", "P020240703118452.pdf"),),
    index_number=f"{SCIENCE.credit_code}/2024-90913",
    document_number="澜科局函〔2024〕913号",
    subject_category="科技",
    genre_category="政协提案办理",
    date_written=date(2024, 6, 28),
    date_published=date(2024, 7, 3),
)
_NO_LETTER = replace(
    ATTACHMENT_ONLY, submission=None, files=(), document_number=None, genre_category="其他公文"
)
MAILBOX_REPLY = replace(
    _NO_LETTER,
    key="science-mailbox",
    title="关于咨询技术合同登记流程的回复",
    text=(
        Line("网友您好："),
        Line("您的来信已收悉。您反映的技术合同认定登记材料重复提交的问题，现答复如下："),
        Line("技术合同认定登记实行全程网办，申请人在市政务服务网提交合同文本和身份证明即可。"),
        Line("如需到窗口咨询，请于工作日9:00—17:00前往市政务服务中心三楼12号窗口。"),
        Line("感谢您对我们工作的支持！"),
        Line("市科技局政务公开办公室", "right"),
        Line("2024年9月11日", "right"),
    ),
    index_number=f"{SCIENCE.credit_code}/2024-90971",
    date_written=date(2024, 9, 11),
    date_published=date(2024, 9, 12),
    date_signed=date(2024, 9, 11),
)
ANNUAL_SUMMARY = replace(
    _NO_LETTER,
    key="science-summary",
    title="澜江市科学技术局2024年度建议提案办理工作总结",
    text=(
        Line("2024年，市科技局共承办市人大代表建议和市政协提案87件，现将办理情况总结如下。"),
        Line("一、基本情况", "heading"),
        Line("全年承办建议38件、提案49件，其中主办31件、会办56件，按期办复率100%。"),
        Table(
            (
                ("类别", "主办（件）", "会办（件）", "满意率"),
                ("人大代表建议", "13", "25", "100%"),
                ("政协提案", "18", "31", "98.6%"),
            )
        ),
        Line("二、主要做法", "heading"),
        Line("坚持“先沟通、后办理、再答复”，与代表委员见面座谈42次，实地调研17次。"),
        Line("三、存在的不足", "heading"),
        Line("个别件办理深度不够，成果转化环节跨部门协同有待加强。"),
        Line("澜江市科学技术局", "right"),
        Line("2024年12月20日", "right"),
    ),
    index_number=f"{SCIENCE.credit_code}/2024-91203",
    subject_category="政务公开",
    date_written=date(2024, 12, 20),
    date_published=date(2024, 12, 23),
    date_signed=date(2024, 12, 20),
)
