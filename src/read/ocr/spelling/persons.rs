//! Names of people, where a list or a sentence says that one stands there: letters that no name has are taken for look-alikes
//! of those that names have (徐赋 for 徐斌, 第兰 for 邹兰).
use super::super::detect::TextBox;
use super::super::recognise::{Character, Text};
use super::{CLEARER, LEAST_CHANCE};

/// Surnames of one letter, the most frequent first.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔傅谭陆范\
    汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文樊施洪季庄颜牛倪章鲁葛\
    申毕聂丛焦翟柳邢岳齐梅兰耿关辛管祝左涂谷祁温殷霍时舒欧安裴童纪苗萧鲍詹曲柯盛尚骆路凌靳单宁景游解甘柴阮褚符费俞滕翁苑戚\
    房艾饶尤穆阎佟代桂司屈冉瞿米柏车闵卓窦姬项阳岑桑燕冷刁邬牟娄厉党苟隋阚缪原甄占区喻包成习权宫蒲池应廉连古查辜亓边敖沙虞\
    危朴战麦郎明冼修卜楚丘宣冀商南简敬相仇闻卞丰佘国雍晁杭蔺那楼满匡焉鹿富黑容乐裘盖宗诸卫晏芮邸盘储仝晋薄茅花隆鄢呼仲湛支\
    宿戈栗衣巫荀束公奉臧由蓝植位利鲜封展官帅嵇衡谌云闭索勾尉初乌阴劳戎伍冶全都郜华母扈蓬栾沃智羊巩端胥吉练邝宰卿荆竺苍况芦\
    荣班奚郁平计漆蒙和惠门寇巴印干屠海旷郏谈皮幸揭席靖强贝肇井麻祖逯籍禹慕迟元亢伏佀钮鞠尧师庞延";
/// Letters of given names of people born since the forties, the usual ones first. Common knowledge; checked for coverage against the
/// counts of the Python package `ngender` (95 in 100 names are made of them).
const GIVEN: &str = "明文华国英玉秀建丽志海春红平晓小军林伟金永荣梅燕德芳强兰云生桂霞俊峰杰东新成艳立涛辉飞超龙静敏丹娟波勇鹏玲庆婷宇凤萍佳\
    洪福雪洋莉光磊亮珍清美香爱世娜洁学琴子刚兴兵利忠宝思欣天家良中旭斌琳祥浩月健阳江莲颖慧鑫宁凯博嘉正雨安淑树亚广培少振瑞\
    胜景长有万全松仁素彩怡义岩山阿昌元贵友维倩晨翔梦连书雯水惠帅泽一智晶莹瑶璐雅蕾薇微琪菲萌悦蓉媛琼楠颜雄毅剑诗轩耀康源佩\
    晴帆进发顺根富贤喜启克继绍卫民宏宗守先来开传方怀心彬彪武权昊昕若可如希彤依涵潇宸梓睿然琦瑜瑾玥婧菁茜茹倪君奇桃娇娥芬芝\
    花菊银翠巧妹珠仙碧莎丝娣彦冰冬鸿坤升恒威钢铁锋炜煜烨焕炳灿熙铭钧钦锦锐钰镇钟晖晟星昱昭旺政敬善承恩同和礼孝信廷延弘达远\
    道运迎朝朋朗望果柏桐栋梁柱森枫杨柳杏枝楚樱琛玮珂珊瑛璇璟琨瑄珺玺环芸芷苗茂荷萱蓓蕊芮菡芹艺蔚芙茵蓝妍妮姣婕娴姗姿姝婉嫣\
    妙媚嫚仪伊佑俐代保侠勋勤力双吉名向哲唯园圆城基堂坚增士夏夫奕奎宾实宜定容宽寿宪尚岭岳峻嵩岚川州庭应弟彰征忆念恺意慈懿情\
    战才扬斐斯旗旦昆曦曼曙曜晗晋昀晔杉朵极柯格桑棠欢歌毓汉洲淳渊淇沐沛泓津淼澜溪滨湘沁汐泰润泉沙潮爽男登白百皓益盈盛盼真石\
    祖祝祎祯祺禄禹科秋程章竞童笑筱紫纪纯纲缘羽翰聪育舒舜航虎虹裕西言诚语谊谦诺贝贞财赛越跃路辰逸通邦隆雁雷霄霆震霖霜露青靖\
    革音韬韵馨骏骁骄高魁鸣鹤麒麟黎黛齐龄乐乔之亦业丰亭亨京仕会优允冠凌凡千北卓南厚原合品喻大河湖时桥汝滢娅莺蕙群存茗楷烽萧\
    葵珏琬婵蔓蔷薏苏苹苑草妤贺蓬颂迅选重量陆阔际陶闯导岗工常年律徽惟憬忱忻恬悟悠愿恋抗捷拓教日早易晚普旻旸暄暖材村标栩槐橙\
    朱步殿气牛特献王玛理甜田相研稳端策简精练绪绿纬续老耿肖胤致行衡计训许谋赞赟赢起轲迈遥都郁野鲁鲜鹃鹰麦二三四五六七八九十\
    上临久人今初创勃协印历史团圣坦孙季孟宙寅奥多声壮均垒展师张慕懋昇昉昳昶暻昂映晞琰璞珉璨珑琮珩瑷瑚璎珈珞瑗琇琅珣珲玖琢琥\
    璃璧炎焱焰熠煊炫燃煦照炅炯灼燚煌炬烈铎铮锡铜鉴镜键钊锴锁铠铖锟锵钏铃钿桦椿榕棋柠桔栗校桢棣棉槿椰楹樟榆柔杞榛朴本杲浦浪\
    泳涌沂漫澄沅汶泗洛深添温湛漪潜澈灏灵洵浓浙浚流济沣滋淮涟垚塘坡境堃坊垣域苒荔菀菱蓁蒙艾莘葳蘅芯蒂藻左巨宣宛寒峥崇岱嵘巍\
    伯仲任佐何亿伦傅侨倬佟功励助勉劲卿古嫒娉妃妞姚尊封尧影怿恪慎恭挺旋敦期改换招引留拴满闰毛兆兢净卉幻幼庚弼曲淡牧畅皎睦硕\
    祈祐禛禧秦竣竹笃纤绮绚绣罗羲翎联肃能腾臻舟融衍观觉誉谷豪贯轶辛迪述郎郡随隽雍雏靓韶项颐风飒飚养驰驹骋骥骞鹭鹿默鼎凰凝凛\
    喆嗣娃婀娓孜寄峨嵋丁佺儒冀奋娱寰寻对岁幽廉御悌敖朔梨歆瀚瑟璋璜稚箐芊蕴薰蜜谨豫逊遇遵遂闽闵陵陇霏霭韦颢飙馥麓黄攀旎旖爵\
    禅叶其翼蝶丞俏砚吟居汇炼屏领土社周修加治木夕李占姬曾檀彧珅玘琎玙玚瑨瑀炆炘燊焜烜铄镕铧锃桉渝湉瀛漾潍浠淞苓茉葭荃萃芩荟\
    崎屹岑嫦嫔姮姜妲彝弈曌澍濡磐祁祉禾秉稷穗纹绎绵翊翀翌耘聆至舰诣赐赫霁霓颀飏骐骧骅骎鲲鱼鸥鹄晧栾欧毕泠濯琏璠绥罡茁荻萤蔼\
    谧谕谱诤逵逢遐邵韧韫颉骢玎";
/// The first so many letters of a list are about as usual.
const USUAL: usize = 30;
/// So many times less usual than a list's last letter is any other: one name in twenty has a letter outside, one of some thousands.
const OUTSIDE: f32 = 25.0;
/// What stands behind a name in a sentence.
const POSTS: [&str; 16] = [
    "教授",
    "副教授",
    "研究员",
    "副研究员",
    "高级工程师",
    "工程师",
    "主任医师",
    "副主任医师",
    "农艺师",
    "讲师",
    "理事长",
    "秘书长",
    "会长",
    "院士",
    "老师",
    "同志",
];
/// What stands before one.
const BEFORE: &str = "由、，；。：:和与及";
/// Labels of one, before a colon.
const LABELS: [&str; 7] = ["姓名", "负责人", "联系人", "主持人", "代表人", "代表", "经办人"];
/// Heads of columns of names.
const HEADS: [&str; 4] = ["姓名", "专家姓名", "成员姓名", "参会人员"];

pub fn mend(texts: &mut [Text], boxes: &[TextBox]) {
    let heads: Vec<TextBox> = texts.iter().zip(boxes).filter(|(text, _)| HEADS.contains(&text.string().as_str())).map(|(_, place)| *place).collect();
    for (text, place) in texts.iter_mut().zip(boxes) {
        let characters = &mut text.characters;
        let is_name = is_name_long(characters) && heads.iter().any(|head| is_below(place, head));
        let spans = if is_name { vec![(0, characters.len())] } else { told(characters) };
        for (from, to) in spans {
            person(&mut characters[from..to]);
        }
    }
}

/// Two or three Chinese letters.
fn is_name_long(characters: &[Character]) -> bool {
    (2..=3).contains(&characters.len()) && characters.iter().all(|c| is_letter(c.c))
}

fn is_letter(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) && !BEFORE.contains(c)
}

/// Whether a cell stands in the column under a head.
fn is_below(cell: &TextBox, head: &TextBox) -> bool {
    let (dx, dy) = (cell.middle.0 - head.middle.0, cell.middle.1 - head.middle.1);
    dy > head.height / 2.0 && dx.abs() <= cell.width.max(head.width) / 2.0
}

/// Where a sentence or a label says that a name stands.
fn told(characters: &[Character]) -> Vec<(usize, usize)> {
    let line: Vec<char> = characters.iter().map(|c| c.c).collect();
    let mut spans = Vec::new();
    for at in 2..line.len() {
        let has_post = POSTS.iter().any(|post| post.chars().eq(line[at..].iter().copied().take(post.chars().count())));
        let is_name = |from: &usize| from.checked_sub(1).is_none_or(|before| BEFORE.contains(line[before])) && is_name_long(&characters[*from..at]);
        let from = [3, 2].into_iter().filter_map(|length| at.checked_sub(length)).find(is_name);
        spans.extend(from.filter(|_| has_post).map(|from| (from, at)));
    }
    if let Some(colon) = line.iter().position(|c| matches!(c, '：' | ':')) {
        let label: String = line[..colon].iter().collect();
        let is_labelled = LABELS.iter().any(|name| label.ends_with(name));
        spans.extend(Some((colon + 1, line.len())).filter(|(from, to)| is_labelled && is_name_long(&characters[*from..*to])));
    }
    spans
}

fn person(name: &mut [Character]) {
    let Some((surname, given)) = name.split_first_mut() else { return };
    likelier(surname, SURNAMES);
    if SURNAMES.contains(surname.c) {
        given.iter_mut().for_each(|letter| likelier(letter, GIVEN));
    }
}

/// Puts the letter in that is likeliest as the model and the order of a list see it together.
fn likelier(character: &mut Character, list: &str) {
    let weighed = |c: char, sure: f32| sure * weight(c, list);
    let mut others: Vec<(char, f32, f32)> =
        character.others.iter().filter(|(c, sure)| *c != character.c && *sure >= LEAST_CHANCE).map(|(c, sure)| (*c, *sure, weighed(*c, *sure))).collect();
    others.sort_by(|a, b| b.2.total_cmp(&a.2));
    let Some((c, sure, most)) = others.first().copied() else { return };
    let next = others.get(1).map_or(0.0, |other| other.2).max(weighed(character.c, character.sure));
    if list.contains(c) && most >= CLEARER * next {
        *character = Character { c, sure, ..*character };
    }
}

/// How usual a letter is in a list: it falls with the root of its place, so that a usual letter never wins over a rare one that is read
/// well; what is not in the list is a score of times less usual than its last.
fn weight(c: char, list: &str) -> f32 {
    let place = |n: usize| 1.0 / ((n + USUAL) as f32).sqrt();
    list.chars().position(|known| known == c).map_or_else(|| place(list.chars().count()) / OUTSIDE, place)
}
