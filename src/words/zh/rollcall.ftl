shell =
    .skip = 跳到内容
    .menu = 菜单
    .main = 主导航
    .search = 搜索人员
    .oversight = 监督
    .account = 账户与偏好
    .me = 我的页面
    .sign_out = 退出登录
    .crumbs = 路径
    .dismiss = 关闭
    .close = 关闭
    .undo = 撤销
    .comma = 、

theme =
    .title = 外观
    .auto = 跟随系统
    .light = 浅色
    .dark = 深色
    .unknown = 请选择浅色、深色或跟随系统。

keys =
    .title = 快捷键
    .search = 搜索
    .people = 人员
    .audit = 审计日志
    .new = 添加人员
    .rows = 下一行、上一行
    .open = 打开该行
    .edit = 编辑当前人员
    .turn = 上一页、下一页
    .save = 保存

login =
    .title = 登录
    .lead = 使用您的邮箱、用户名或电话。
    .login = 邮箱、用户名或电话
    .password = 密码
    .wrong = 账号或密码不正确，请检查后重试。
    .suspended = 您目前不能登录，请联系管理员恢复您的访问。
    .wait = 错误次数过多，请等待 {$count} 分钟后重试。

setup =
    .title = 设置 Rollcall
    .lead = 您将成为第一位管理员。此页面只能使用一次。
    .code = 设置码
    .code_hint = 启动时显示在服务器终端中，用于证明服务器归您所有。
    .wrong_code = 与终端中显示的设置码不一致。每次启动都会更换，请重新复制。
    .house = 您的支持团队
    .house_hint = 显示在 Rollcall 名称旁，可以留空。
    .name = 您的姓名
    .email = 您的邮箱
    .submit = 创建管理员并登录

people =
    .title = 人员
    .everyone = 所有人
    .end_user = 终端用户
    .agent = 客服
    .admin = 管理员
    .roles = 按角色
    .add = 添加人员
    .total = {$count} 人
    .matching = {$count} 人符合，
    .of = 共 {$count} 人
    .shown = 本页 {$count} 人
    .per_page = 每页
    .pages = 翻页
    .back = 上一页
    .on = 下一页
    .search = 姓名、邮箱、电话
    .filter = 筛选人员
    .add_filter = 筛选
    .without = 移除筛选：{$name}
    .clear = 清除
    .any = 不限
    .until = 至
    .apply = 应用
    .none = 这里还没有人
    .none_advice = 添加第一位人员，或在服务器上导入文件：
    .no_match = 没有符合筛选条件的人员
    .no_match_q = 没有与“{$name}”相符的人员
    .no_match_advice = 请检查拼写，或搜索姓名、邮箱或电话的一部分。
    .drop_filters = 不使用筛选条件搜索
    .show_all = 显示所有人
    .add_named = 添加名为“{$name}”的人员
    .active_any = 正常（含久未登录）

sort =
    .title = 排序
    .down_added = 最近添加
    .added = 最早添加
    .down_changed = 最近更改
    .name = 姓名
    .down_seen = 最近登录

column =
    .name = 姓名
    .role = 角色
    .status = 状态
    .organisation = 组织
    .tags = 标签
    .seen = 最近登录
    .created = 创建时间
    .changed = 更改时间

filter_name =
    .status = 状态
    .organisation = 组织
    .tag = 标签
    .created_from = 创建自
    .created_until = 创建至
    .seen_from = 登录自
    .seen_until = 登录至

filter =
    .role = 没有这个角色，请从列表中选择。
    .status = 没有这个状态，请从列表中选择。
    .sort = 列表无法按此排序，请选择一列。
    .date = 请按 2026-11-21 的格式填写日期。
    .cursor = 此分页链接无效，请从第一页开始。
    .kind = 没有这种操作，请从列表中选择。
    .door = 没有这种来源，请从列表中选择。

role =
    .end_user = 终端用户
    .agent = 客服
    .admin = 管理员
    .unknown = 没有这个角色，请使用 end_user、agent 或 admin。

role_hint =
    .end_user = 寻求帮助的人，只能看到自己的页面。
    .agent = 提供帮助的人，可以看到所有人；其他权限在下方设置。
    .admin = 管理整个系统，拥有全部权限。

status =
    .unverified = 已邀请
    .active = 正常
    .suspended = 已停用
    .locked = 已锁定
    .quiet = 90 天未登录
    .unknown = 没有这个状态，请使用 active、unverified、suspended 或 locked。

standing =
    .active = 正常
    .invited = 已邀请
    .quiet = 久未登录
    .suspended = 已停用
    .locked = 已锁定

group =
    .contact = 联系方式
    .belonging = 组织与标签
    .locale = 语言与时区
    .texts = 文字

group_hint =
    .contact = 邮箱、电话和用户名至少填写一项，用于查找和登录。
    .belonging = 用于查找和归类人员，本人看不到。
    .locale = Rollcall 将使用此语言，并按此时区显示时间。
    .texts = 其他人应当了解的信息。

field =
    .name = 姓名
    .first_name = 名
    .last_name = 姓
    .title = 职位
    .email = 邮箱
    .phone = 电话
    .username = 用户名
    .organisation = 组织
    .tags = 标签
    .language = 语言
    .timezone = 时区
    .tier = 等级
    .kind = 类型
    .bio = 简介
    .details = 详情
    .notes = 备注
    .remark = 说明
    .role = 角色
    .status = 状态
    .reason = 原因
    .manage_people = 可以管理人员
    .public_comments = 可以公开回复
    .moderator = 可以编辑文档
    .ticket_restriction = 可见工单
    .theme = 外观
    .count = 人数
    .last_login_at = 最近登录
    .seed = 种子

hint =
    .name = 对其使用的称呼。
    .first_name = 需要与姓名分开使用时填写。
    .last_name = 需要与姓名分开使用时填写。
    .title = 其工作，例如采购经理。
    .email = 每人唯一，不区分大小写。
    .phone = 请带国家代码，例如 +86 138 0000 0000。
    .username = 不含空格，每人唯一。
    .organisation = 填写新名称将创建新组织。
    .tags = 多个标签用逗号分隔，新标签会自动创建。
    .language = 语言代码，例如 en、zh 或 de。
    .timezone = 例如 Asia/Shanghai。
    .tier = 其他系统使用的数字，0 表示无。
    .kind = 其他系统使用的数字，0 表示无。
    .bio = 本人也能看到。
    .details = 地址、合同等其他信息。
    .notes = 与其沟通的注意事项。
    .remark = 与其他系统同步的简短说明。

form =
    .errors = 有 {$count} 个字段需要修改。尚未保存，您填写的内容均已保留。
    .save = 保存更改
    .cancel = 取消
    .staff_only = 仅员工可见
    .status_hint = 已邀请的人员尚未确认身份。
    .recorded = 每项更改都会连同您的姓名记入历史。

person =
    .profile = 资料
    .activity = 动态
    .edit = 编辑
    .edit_title = 编辑 {$name}
    .edit_field = 编辑：{$name}
    .suspend = 停用
    .reactivate = 恢复
    .more = 更多操作
    .role = 角色与权限
    .password = 设置密码
    .recent = 最近更改
    .no_history = 尚无更改记录
    .all_history = 全部历史
    .empty = 空
    .blank = 尚未填写：

history =
    .was = 原为
    .now = 现为
    .newer = 较新
    .older = 较旧

suspension =
    .title = 停用 {$name}？
    .lead = 在恢复之前此人无法登录，其所有内容都会保留。
    .sessions = 立即结束的会话
    .reason_hint = 记入历史，本人看不到
    .do = 停用 {$name}
    .back = 您可以随时撤销。
    .undo_title = 恢复 {$name}？
    .undo_lead = 此人可以使用原密码重新登录。
    .undo = 恢复 {$name}
    .done_advice = {$name} 已停用，无法登录。

rights =
    .title = 作为客服
    .lead = 其他角色不需要这些设置。
    .manage_people = 创建、编辑、停用、标记和导入终端用户，但不包括客服和管理员。
    .public_comments = 撰写请求人可见的回复，而不仅是内部备注。
    .moderator = 撰写和修改帮助文档。
    .sessions = 减少权限时，其会话将立即结束。
    .self = 这是您本人。减少自己的权限后，您将立即退出登录，且需由其他管理员恢复。

ticket_restriction =
    .all = 全部工单
    .groups = 所在组的工单
    .assigned = 分配给本人的工单
    .unknown = 请选择可见的工单。

password =
    .hint = 至少 10 个字符。几个互不相关的词既安全又好记。
    .current = 您的当前密码
    .new = 新密码
    .save = 设置密码
    .sessions = 其他所有会话将立即结束。
    .wrong = 当前密码不正确。
    .too_short = 请至少使用 10 个字符。
    .too_long = 最多使用 128 个字符。
    .guessable = 此密码容易被猜到，请再加一两个无关的词。

audit =
    .title = 审计日志
    .lead = 每一次写入，从新到旧
    .filter = 筛选审计日志
    .person = 人员
    .actor = 操作人
    .kind = 操作
    .door = 来源
    .from = 自
    .until = 至
    .who = 邮箱、用户名或 ID
    .time = 时间
    .change = 更改
    .details = 详情
    .request = 请求
    .none = 尚无任何写入
    .no_match = 没有符合筛选条件的记录

door =
    .panel = 面板
    .command_line = 命令行

event =
    .house_set_up = 完成了系统设置
    .person_created = 添加了此人
    .person_edited = 更改了资料
    .person_suspended = 停用了此人
    .person_reactivated = 恢复了此人
    .person_role_changed = 更改了角色或权限
    .person_password_changed = 设置了新密码
    .people_generated = 生成了人员
    .preferences_edited = 更改了偏好
    .session_created = 登录
    .session_ended = 退出登录
    .visitor = 未登录者

answer =
    .yes = 是
    .no = 否

conflict =
    .by = {$name} 在您编辑期间修改了此人。
    .advice = 您的内容没有丢失，请选择要保留的值。
    .caption = 在两次编辑之间选择
    .field = 字段
    .was = 您打开时
    .theirs = 期间保存的
    .yours = 您的，未保存
    .same = 双方填写的内容相同，无需选择。
    .save = 按所选内容保存
    .drop = 放弃我的更改

done =
    .created = 已添加。
    .edited = 已保存。
    .unchanged = 没有变化，因此未保存。
    .suspended = 已停用。
    .reactivated = 已恢复。
    .role = 角色与权限已保存。
    .password = 新密码已设置。
    .signed_out = 您已退出登录。
    .set_up = 欢迎，您是第一位管理员。

time =
    .now = 刚刚
    .minutes = {$n} 分钟前
    .hours = {$n} 小时前
    .days = {$n} 天前
    .never = 从未

error =
    .request = 请求编号
    .home = 从首页继续
    .not_found = 这里什么也没有
    .not_found_advice = 内容可能已删除，或您无权查看。请检查地址，或尝试搜索。
    .forbidden = 您不能执行此操作
    .method = 此地址不接受该类请求
    .stale = 其他人已在此期间作出更改
    .too_large = 一次提交的内容过多
    .too_large_advice = 未保存任何内容。请缩短文字后重新提交。
    .media_type = 无法读取此表单的格式
    .busy = 请稍候
    .busy_advice = 尝试次数过多，请等待 {$count} 分钟后重试。
    .malformed = 无法理解此请求
    .malformed_advice = 未作任何更改。请返回检查后重试。
    .broken = 未能完成此操作
    .broken_advice = 未写入任何内容。请重试；若仍出现，请将上方的请求编号告知管理员。
    .status = {$name}，请求编号

forbidden =
    .role = 您的角色无权执行此操作，请联系管理员。
    .yourself = 您不能对自己执行此操作，请联系其他管理员。
    .last_admin = 这是最后一位可以登录的管理员，请先指定另一位管理员。

email =
    .no_at = 缺少 @，请写成 wang.fang@lanwan.example。
    .no_ending = @ 之后缺少域名后缀，请写成 wang.fang@lanwan.example。
    .malformed = 不是有效的邮箱地址，请写成 wang.fang@lanwan.example。
    .missing = 请填写您的邮箱。
    .nobody = 邮箱、电话和用户名至少填写一项。
    .taken = 此邮箱已属于另一位人员。

phone =
    .malformed = 不是有效的电话号码，请带国家代码填写，例如 +86 138 0000 0000。
    .taken = 此电话号码已属于另一位人员。

username =
    .malformed = 请使用 1 至 255 个字符，不含空格。
    .taken = 此用户名已属于另一位人员。

uid =
    .malformed = 不是有效的 UUID。
    .taken = 此 uid 已属于另一位人员。

name =
    .missing = 请填写您的姓名。

text =
    .too_long = 内容过长，请缩短。

number =
    .malformed = 请填写 0 至 32767 的整数。

language =
    .malformed = 请填写语言代码，例如 en、zh 或 de。

timezone =
    .unknown = 没有这个时区，请写成 Asia/Shanghai。

tags =
    .too_long = 每个标签最多 50 个字符。
    .too_many = 每人最多 50 个标签。

date =
    .malformed = 不是有效的日期，请写成 2026-11-21 18:00:00。

row =
    .cells = 此行的单元格数量与标题行不一致。

as =
    .unknown = 没有可登录的人员使用此邮箱。
