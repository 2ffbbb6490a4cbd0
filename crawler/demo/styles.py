"""The style sheets of the invented sites, enough for a page to look like one of its kind."""

from __future__ import annotations

SCIENCE_STYLE = """
body{margin:0;font:16px/1.8 SimSun,sans-serif;color:#333;background:#f5f7fa}
a{color:#333;text-decoration:none}a:hover{color:#1a5fa8}ul{list-style:none;margin:0;padding:0}
.sitebar{background:#eee;font-size:13px;padding:4px 40px}.sitebar a{margin-right:14px}
.top{background:#1a5fa8;color:#fff;padding:26px 40px}.top a{color:#fff;font-size:30px}
.nav{background:#174f8b;display:flex;padding:0 40px}.nav>li{padding:10px 22px;position:relative}
.nav>li>a{color:#fff}.nav ul{display:none;position:absolute;background:#fff}
.nav li:hover ul{display:block}
.wrap{width:1100px;margin:20px auto;background:#fff;padding:20px 50px}
.crumb{font-size:14px;color:#888;border-bottom:1px solid #ddd;padding-bottom:8px}
.zwxl-bar{background:#f2f6fb;margin:18px 0}.zwxl-table{width:100%;font-size:14px}
.zwxl-table .t1{width:110px;color:#1a5fa8}.mobile{display:none}
.zwxl-title{text-align:center;font-size:26px;color:#1a5fa8}
.zwxl-info{text-align:center;font-size:14px;color:#888}
.trs_editor_view{font-size:18px;line-height:2}.trs_editor_view td{padding:2px 8px}
.share a{margin:0 6px}.qr{text-align:center;font-size:13px;color:#888}
.side{float:left;width:220px}.list{margin-left:250px;min-height:600px}
.tab-item li{border-bottom:1px dashed #ccc;padding:6px 0}.tab-item span{float:right;color:#999}
.banner{background:#c00;text-align:center}.banner a{color:#fff}.today{font-size:13px;color:#888}
.foot{background:#333;color:#bbb;font-size:13px;text-align:center;padding:24px}
"""
ECONOMY_STYLE = """
body{margin:0;font:15px/1.75 SimSun,serif;color:#222}a{color:#222;text-decoration:none}
#bar{background:#f6f6f6;border-bottom:1px solid #ddd;font-size:12px;padding:3px 60px}
#head{padding:28px 60px;border-top:4px solid #b5121b}#head h2{color:#b5121b;font-size:32px;margin:0}
#menu{background:#b5121b;padding:0 60px}#menu a{color:#fff;padding:10px 20px;display:inline-block}
#main{width:1080px;margin:18px auto}.position{font-size:13px;color:#777}
.gfxwj-content{border:1px solid #e3e3e3;padding:20px 60px}
.gfxwj-content h1{text-align:center;font-size:24px}.source{text-align:center;color:#777}
.gfxwj-meta{display:grid;grid-template-columns:1fr 1fr;background:#faf6f6;list-style:none}
.TRS_Editor p{margin:8px 0}.turn{border-top:1px solid #ddd;margin-top:20px}
.gl-list a{display:block;border-bottom:1px dotted #ccc;padding:6px 4px;overflow:hidden}
.gl-list p{float:left;margin:0;width:860px}.gl-list span{float:right;color:#888}
.right{border:1px solid #eee;padding:4px 20px;margin-top:16px}
.footer{background:#f0f0f0;border-top:3px solid #b5121b;text-align:center;font-size:13px}
"""
