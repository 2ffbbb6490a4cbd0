"""The sentences letters are composed of: patterns with slots that `crawler.demo.prose` fills."""

from __future__ import annotations

# What was done. A slot is drawn anew each time it stands in a pattern.
DONE = (
    "截至{month}底，全市共有{tally}，较上年末增长{share}。",
    "{verb}{object}，{districts}率先启动，带动{actor}投入{money}。",
    "出台{policy}（{decree}），从{count}个方面对{object}作出安排。",
    "{year}年安排专项资金{money}，支持{object}项目{small}个，惠及{tally}。",
    "围绕{object}，组织{actor}开展供需对接{small}场次，达成合作意向{small}项，意向金额{money}。",
    "依托{district}建设{object}示范点{small}个，形成可复制的经验做法{count}条。",
    "将{object}纳入{year}年全市重点改革项目，由{office}按季度调度。",
    "会同{office}修订{policy}，明确{actor}的准入条件和退出机制。",
    "累计服务{tally}，平均办理时限压缩{share}。",
    "在{district}试点{object}，参与的{actor}由{small}家增加到{more}家。",
    "{month}，市政府召开专题会议研究{object}，议定事项{small}项，目前已办结{count}项。",
    "举办{object}专题培训班{count}期，培训{actor}有关人员{crowd}人次。",
    "目前全市有{parted}，居全省前列。",
    "引导{actor}参与{object}，全年完成投资{money}，同比增长{share}。",
    "开展{object}摸底调查，共走访{actor}{more}户，梳理问题{more}条，已协调解决{small}条。",
    "上线{object}服务专区，注册用户{crowd}个，发布信息{more}条，促成交易{money}。",
    "对{actor}实行“一对一”联系服务，{year}年兑现奖补{money}，受益单位{small}家。",
    "推动{objects}协同布局，{district}相关产值突破{money}。",
)
# What is still lacking.
LACKING = (
    "{you}提到的“{trouble}”问题客观存在，特别是{district}等地较为突出。",
    "从调研情况看，{troubles}，制约了{object}的进一步发展。",
    "与先进地区相比，我市{object}起步较晚，{trouble}。",
    "受财力所限，{object}的投入与{actor}的期待还有差距，{year}年实际到位资金{money}。",
    "{actor}反映{trouble}，{small}家受访单位中有{share}认为政策获得感不强。",
    "部分{actor}对{policy}了解不深，{object}的覆盖面仅为{share}。",
)
# What is promised.
PROMISED = (
    "{deadline}{verb}{object}，力争{tally}，新增投资{money}。",
    "下一步，我们将{verb}{object}，{purpose}。",
    "{deadline}修订{policy}，重点解决{trouble}等问题。",
    "支持{districts}建设{object}，{deadline}建成投用{small}个。",
    "会同{office}研究将{object}纳入财政支持范围，对符合条件的{actor}给予最高{grant}万元补助。",
    "每年遴选{small}家{actor}开展{object}试点，{purpose}。",
    "加强与{office}的协调联动，{verb}{object}，{purpose}。",
    "{verb}{object}，到{nextyear}年实现规模{money}、年均增长{share}以上。",
    "依托{district}现有基础，引导{actor}共同{verb}{object}，{purpose}。",
    "将{you}提出的关于{object}的意见纳入{policy}修订范围，{deadline}征求{actor}意见。",
)
# What is refused, and why.
REFUSED = (
    "关于单独设立{object}专项资金的建议，因我市同类资金正在整合，目前暂不具备条件，我们将作为后续研究的重要参考。",
    "关于由市级统一建设{object}的建议，涉及事权划分，需待国家有关政策明确后再行研究。",
    "关于对{actor}减免相关费用的建议，现行法律法规尚无依据，我们将积极向上级部门反映。",
)
SUMMING_UP = (
    "近年来，我市高度重视{name}工作，{purpose}。",
    "{name}是推动高质量发展的重要内容，{you}的分析切中要害，对我们的工作很有帮助。",
    "市委、市政府将{name}摆在突出位置，先后印发{policy}等文件，{purpose}。",
    "围绕{name}，我们坚持问题导向，着力破解{trouble}等难题。",
)
SECTION_HEADS = {
    "done": (
        "工作开展情况",
        "关于{object}",
        "已开展的工作",
        "主要做法和成效",
        "关于推进{object}的情况",
    ),
    "lacking": ("存在的主要问题", "关于所提困难", "面临的形势"),
    "promised": ("下一步工作打算", "下一步工作", "下步措施", "关于下一步推进{object}的考虑"),
}
POINT_HEADS = (
    "强化{object}支撑",
    "{verb}{object}",
    "着力破解{trouble}",
    "发挥{actor}作用",
    "用好{object}",
    "支持{actor}参与",
)
VERBS = (
    "优化布局",
    "加快建设",
    "探索建立",
    "持续完善",
    "分类推进",
    "试点推行",
    "有序扩大",
    "系统谋划",
    "规范管理",
    "提档升级",
    "统筹用好",
    "做优做强",
)
PURPOSES = (
    "推动形成上下联动、部门协同的工作格局",
    "切实降低制度性交易成本",
    "不断提升服务的精准性和可及性",
    "让政策红利直达基层一线",
    "打通从研发到应用的最后一公里",
    "建立可量化可考核的目标体系",
    "为全市高质量发展提供有力支撑",
    "逐步缩小城乡之间、区县之间的差距",
    "促进资金、人才、数据等要素高效配置",
    "营造鼓励创新、宽容失败的良好氛围",
    "守住安全底线，防止一哄而上",
    "健全常态化评估和动态调整机制",
)
